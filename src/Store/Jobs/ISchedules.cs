namespace Aios.Store.Jobs;

/// <summary>How far each schedule of each job has been followed, shared by all devices.</summary>
internal interface ISchedules
{
    /// <summary>Where a job's schedules stand: one, unless it was just changed or the lists of devices differ.</summary>
    IReadOnlyList<ScheduleCursor> Of(string jobName);

    /// <summary>Sets where a schedule stands.</summary>
    void Put(ScheduleCursor cursor);

    /// <summary>Puts a job's schedules back to where they stood.</summary>
    void Restore(string jobName, IReadOnlyList<ScheduleCursor> former);

    /// <summary>Forgets a schedule that <paramref name="device"/> has just taken up, unless another device follows it now.</summary>
    void ForgetUnlessFollowed(string jobName, string schedule, string device);

    /// <summary>Forgets the other schedules of a job that was given this one, unless a device follows them now.</summary>
    void ForgetOthers(string jobName, string schedule);

    /// <summary>
    /// Forgets the schedules that no device has in its list any more: a job that comes back, or is enabled again, has missed
    /// nothing. A device that is offline, or cannot run the job for lack of a tag, may come back.
    /// </summary>
    void ForgetUnlisted();
}
