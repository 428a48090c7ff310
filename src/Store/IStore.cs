namespace Aios.Store;

/// <summary>
/// The daemon's one writer. Work from any thread is done on a thread of its own; what waits there together is committed
/// together, since a commit costs far more than the statements in it. A task completes when its work is durable. While
/// the database is locked, full or read-only, work waits and is done again from its start until it can be committed, so
/// it must not change anything but the database.
/// </summary>
internal interface IStore : IDisposable
{
    /// <summary>Raised on the writer's thread when trouble begins (not null) and when it is over (null).</summary>
    event Action<StoreTrouble?>? TroubleChanged;

    /// <summary>
    /// Raised on the writer's thread when something has been committed, by it or, once that was noticed, by another connection.
    /// </summary>
    event Action? Changed;

    /// <summary>Raised on the writer's thread after each commit.</summary>
    event Action<CommitFacts>? Committed;

    /// <summary>What keeps it from writing, or null.</summary>
    StoreTrouble? Trouble { get; }

    /// <summary>Does the work in a transaction, together with whatever else waits.</summary>
    Task<T> Write<T>(Func<IStoreTransaction, T> work);

    /// <summary>
    /// Whether another connection has committed since the last call. True also while that cannot be told because the
    /// file is locked: then it is about to.
    /// </summary>
    Task<bool> ForeignCommit();

    /// <summary>
    /// Brings what is in a write-ahead log into the database, and the log's file down to nothing, if nobody reads
    /// just now. Without one it does nothing.
    /// </summary>
    Task<bool> ShortenLog();
}
