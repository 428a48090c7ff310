namespace Aios.Store.Devices;

/// <summary>The daemons that share the database, and the jobs in their lists.</summary>
internal interface IDevices
{
    /// <summary>Writes a device down, in the place of an earlier boot of it. Always true.</summary>
    bool Register(DeviceRecord device);

    /// <summary>Says which jobs a device's list holds, and which of them it can run; the answer is what has changed in them.</summary>
    /// <param name="device">Whose list.</param>
    /// <param name="jobs">All of it.</param>
    /// <param name="guarded">Writes the row of a job.</param>
    IReadOnlyList<ListedJobChange> PutJobs(string device, IEnumerable<ListedJob> jobs, Action<string, Action> guarded);

    /// <summary>
    /// The schedules of the jobs in a device's list, in words; null for those that no clock starts. Empty for a device that is
    /// new here.
    /// </summary>
    IReadOnlyDictionary<string, string?> SchedulesOf(string device);

    /// <summary>Whether the list of any device holds the job, online or not.</summary>
    bool AnyKnows(string jobName);

    /// <summary>Whether a device that is online can run the job.</summary>
    bool AnyOnlineCanRun(string jobName);

    /// <summary>All of them.</summary>
    IReadOnlyList<DeviceRecord> All();

    /// <summary>Says that a device lives and what is wrong with it; false if it was judged dead meanwhile.</summary>
    bool Beat(string device, string bootId, DateTimeOffset now, string? trouble, string? engine = null, bool isStalled = false);

    /// <summary>Says that a device lives and that its loop does not get on, and why.</summary>
    void Stall(string device, string bootId, DateTimeOffset now, string trouble);

    /// <summary>Says that a device has gone.</summary>
    void Leave(string device, string bootId, DateTimeOffset now);

    /// <summary>
    /// Forgets devices that have been gone since before <paramref name="instant"/>, so that random host names do not pile up.
    /// </summary>
    void ForgetGoneSince(DateTimeOffset instant);
}
