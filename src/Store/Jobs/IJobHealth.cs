namespace Aios.Store.Jobs;

/// <summary>The jobs that are not well, or were not long ago. It is empty where all is well, and then costs a run nothing.</summary>
internal interface IJobHealth
{
    /// <summary>Whether there is no row at all.</summary>
    bool IsEmpty();

    /// <summary>What is remembered of a job; null if it is well.</summary>
    HealthRecord? Find(string jobName);

    /// <summary>All that is remembered.</summary>
    IReadOnlyList<HealthRecord> All();

    /// <summary>Remembers this of a job.</summary>
    void Put(HealthRecord record);

    /// <summary>Forgets a job.</summary>
    void Forget(string jobName);

    /// <summary>
    /// Gives a job a new chance: its back-off begins anew, and one good run, or a process that lasts, makes it well. That
    /// it has failed is not forgotten until then.
    /// </summary>
    void Reset(string jobName);

    /// <summary>Forgets jobs that are in no list any more.</summary>
    void ForgetUnlisted();
}
