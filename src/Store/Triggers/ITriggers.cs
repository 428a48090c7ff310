using Aios.Store.Runs;

namespace Aios.Store.Triggers;

/// <summary>
/// What should run. A row is open while <c>processed</c> is NULL: <c>queued</c> rows stand in line, <c>waiting</c> rows
/// wait for the instant in <c>due</c> or, where that is NULL, for something else (<c>reason</c> says what).
/// </summary>
internal interface ITriggers
{
    /// <summary>Adds a row; null if a row with its dedup key is there already.</summary>
    long? Add(NewTrigger trigger);

    /// <summary>The row that carries a dedup key, or null.</summary>
    long? WithDedupKey(string key);

    /// <summary>The run that asked for a row and waits for its end; null if there is none.</summary>
    ParentRun? ParentOf(long id);

    /// <summary>The open rows that a run has asked for.</summary>
    IReadOnlyList<long> OpenOf(long parentRunId);

    /// <summary>A row as people see it, or null.</summary>
    TriggerSummary? Find(long id);

    /// <summary>The number of the newest row; 0 if there is none.</summary>
    long NewestId();

    /// <summary>The number of the oldest row that is queued, or null.</summary>
    long? OldestQueuedId();

    /// <summary>
    /// Puts rows into the line whose status says what only the daemon may say: a word that means nothing, or, in rows
    /// above <paramref name="afterId"/> up to <paramref name="upTo"/>, that they run or wait although nobody has looked at
    /// them. Whoever inserted them wants them to run.
    /// </summary>
    void MendStatus(long afterId, long upTo);

    /// <summary>The number of the row that is the <paramref name="count"/>th open one above a number; null if there are fewer.</summary>
    long? OpenAfter(long id, int count);

    /// <summary>Rows in line with a number above <paramref name="id"/> up to <paramref name="upTo"/>, oldest first.</summary>
    IReadOnlyList<NewcomerTrigger> Between(long id, long upTo);

    /// <summary>
    /// A defect of a row in other words where its arguments are nested deeper than SQLite takes: it calls them not JSON, too.
    /// </summary>
    string Explain(long id, string defect);

    /// <summary>The front of the line: by priority, then age.</summary>
    IReadOnlyList<QueuedTrigger> Front(int limit);

    /// <summary>The front of one job's line.</summary>
    IReadOnlyList<QueuedTrigger> FrontOf(string jobName, int limit);

    /// <summary>The names of the jobs that have rows in line. The cost grows with the names, not with the rows.</summary>
    IReadOnlyList<string> NamesInLine();

    /// <summary>The names of the jobs that have rows held for something else than a time.</summary>
    IReadOnlyList<string> NamesHeld();

    /// <summary>Puts rows whose time has come into the line, at most <paramref name="limit"/>; the answer is how many.</summary>
    int Promote(DateTimeOffset now, int limit);

    /// <summary>The rows that <see cref="Promote(DateTimeOffset, int)"/> takes.</summary>
    IReadOnlyList<long> ToPromote(DateTimeOffset now, int limit);

    /// <summary>
    /// Makes a row that waits a span (a back-off, a place in the line after a long sleep) wait no longer than that span from
    /// now: after the clock went back, what it was counted from lies in the future. An instant that somebody named stays.
    /// </summary>
    void RewindWait(long id, DateTimeOffset now);

    /// <summary>The rows that wait for a time before a place, the latest first, at most <paramref name="limit"/>.</summary>
    IReadOnlyList<WaitingPlace> WaitingBefore(WaitingPlace place, int limit);

    /// <summary>When the next waiting row is due, UTC; null if none waits for a time.</summary>
    DateTimeOffset? NextDue();

    /// <summary>
    /// The rows of a job that are held for something else than a time, with numbers above <paramref name="after"/>, at most
    /// <paramref name="limit"/>.
    /// </summary>
    IReadOnlyList<long> Held(string jobName, long after, int limit);

    /// <summary>Takes a row that waits into the line.</summary>
    void Release(long id);

    /// <summary>
    /// The rows of a job's line that may name no priority, with numbers above <paramref name="after"/>, at most
    /// <paramref name="limit"/>.
    /// </summary>
    IReadOnlyList<long> WithoutPriority(string jobName, long after, int limit);

    /// <summary>Gives a row that names no priority the one of its job.</summary>
    void TakePriority(long id, int priority);

    /// <summary>Takes a row out of the line until a time.</summary>
    /// <param name="id">The row.</param>
    /// <param name="due">The time.</param>
    /// <param name="reason">Why.</param>
    /// <param name="wait">The span that ends then, where it is one that is waited and not an instant that somebody named.</param>
    void Delay(long id, DateTimeOffset due, string reason, TimeSpan? wait = null);

    /// <summary>Takes a row out of the line until something else happens.</summary>
    void Hold(long id, string reason);

    /// <summary>Ends a row for good; false if it was closed already.</summary>
    bool Close(long id, RunStatus status, string? reason, DateTimeOffset now);

    /// <summary>Takes back a row that has not started; false if it has, or is closed.</summary>
    bool Cancel(long id, string reason, DateTimeOffset now);

    /// <summary>
    /// Takes back rows of a job that have not started, up to a number, at most so many as are taken back at once; the answer
    /// is how many, and from where to go on: null if all of them have been looked at.
    /// </summary>
    (int Count, WaitingPlace? Next) CancelOf(string jobName, long upTo, WaitingPlace place, string reason, DateTimeOffset now);

    /// <summary>Lets the next process of an <c>always</c> job start at once, as if none had failed.</summary>
    void BringForwardAlways(string jobName);

    /// <summary>Gives a row back to the line as if it had not been claimed: the attempt does not count.</summary>
    void Return(long id, string reason);

    /// <summary>What a row says to its runs; null if it is not there any more.</summary>
    TriggerDetails? Details(long id);

    /// <summary>Counts an attempt and marks the row as running. It must be in line.</summary>
    bool Claim(long id);

    /// <summary>An open row of the job that a schedule made in time, or null: the next occurrence would overlap with it.</summary>
    long? OpenOccurrence(string jobName);

    /// <summary>Until when rows of the job wait that make up for what was missed and have not begun; null if there are none.</summary>
    DateTimeOffset? MakeUpsDue(string jobName);

    /// <summary>How many rows wait for their next attempt.</summary>
    int AwaitingRetry();

    /// <summary>Whether the job has an open row from a source of the daemon's own (not an insert).</summary>
    bool HasOpen(string jobName, string source);
}
