namespace Aios.Store.Notices;

/// <summary>
/// What somebody is to be told: written in the transaction in which it happened, and kept until it was told or given up,
/// so that no end of a daemon loses it. Told at least once.
/// </summary>
internal interface INotices
{
    /// <summary>Adds one; false if too many wait already.</summary>
    bool Add(string device, string jobName, string word, string channel, string message, DateTimeOffset now);

    /// <summary>The last notice to a channel of an event of a job; null if there was none.</summary>
    SentNotice? LastTold(string jobName, string word, string channel);

    /// <summary>Those that a device is to tell now, the oldest first.</summary>
    IReadOnlyList<Notice> Due(string device, DateTimeOffset now, int limit);

    /// <summary>When a device has the next one to tell, UTC; null if there is none.</summary>
    DateTimeOffset? NextDue(string device);

    /// <summary>It is sent, or given up: nothing more is done with it.</summary>
    void Close(long id, string outcome, DateTimeOffset now);

    /// <summary>It could not be told, and is tried again.</summary>
    void Delay(long id, DateTimeOffset due, string outcome);

    /// <summary>
    /// A device tells what devices that are gone have left to tell, whether they died or were stopped: of the jobs that it
    /// has itself, and, so that nothing waits for ever, of all after a day.
    /// </summary>
    void TakeOver(string heir, DateTimeOffset now);

    /// <summary>After the clock went back, nothing waits longer than it would have.</summary>
    void Rewind(DateTimeOffset now, TimeSpan longest);
}
