namespace Aios.Store.Notices;

/// <summary>What is wrong with jobs, and until when each of those with a deadline has been in time.</summary>
internal interface IAlarms
{
    /// <summary>Says that something is wrong, or still is; the answer is how it stands now.</summary>
    Alarm Raise(string jobName, string word, string? reason, long? runId, DateTimeOffset now);

    /// <summary>All that is wrong, or all that is wrong with a job.</summary>
    IReadOnlyList<Alarm> All(string? jobName = null);

    /// <summary>Says that it is well again.</summary>
    void Clear(Alarm alarm);

    /// <summary>
    /// From when on the deadline of a job counts, UTC: its last success, or when it was first seen. Null if it was not seen yet.
    /// </summary>
    DateTimeOffset? InTimeSince(string jobName);

    /// <summary>Says that the deadline of a job counts from now on.</summary>
    void SetInTime(string jobName, DateTimeOffset now);

    /// <summary>Forgets what concerns jobs that are in no list any more, and the deadlines of those that have none any more.</summary>
    void ForgetUnlisted(Func<string, bool> hasNoDeadline);
}
