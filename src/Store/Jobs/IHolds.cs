namespace Aios.Store.Jobs;

/// <summary>Jobs that are held, by name. A row may be written and deleted by anybody.</summary>
internal interface IHolds
{
    /// <summary>Holds a job; one that is held already keeps its time.</summary>
    void Put(string jobName, HoldKind kind, DateTimeOffset now);

    /// <summary>How a job is held; null if it is not.</summary>
    HoldKind? Find(string jobName);

    /// <summary>Lets a job go on; false if it was not held.</summary>
    bool Remove(string jobName);

    /// <summary>Takes away a hold of one kind only.</summary>
    void Remove(string jobName, HoldKind kind);

    /// <summary>A device starts: what had ended on it, or on one that is away, may run again.</summary>
    void RemoveEnded(string device);

    /// <summary>All of them.</summary>
    Dictionary<string, JobHold> All();
}
