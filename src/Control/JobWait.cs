using Aios.Jobs;
using Aios.Queue;

namespace Aios.Control;

/// <summary>Why a job does not run just now although something stands in line for it, or could not if it did.</summary>
internal static class JobWait
{
    /// <summary>In words; null where nothing stands in its way.</summary>
    /// <param name="job">The job.</param>
    /// <param name="hold">What holds it, or null.</param>
    /// <param name="online">The devices that are online.</param>
    /// <param name="open">What stands in line for it and has not started, or null.</param>
    public static string? Reason(Job job, Hold? hold, IReadOnlyList<DeviceSummary> online, TriggerSummary? open)
    {
        if (hold is not null) return hold.Reason(job.Name);
        if (TriggerWait.Reason(job, online) is { } unfit) return unfit;
        if (open is null) return null;
        if (online.Count == 0) return $"trigger {open.Id} waits, and no daemon is online";
        return open.Status == "waiting" ? $"trigger {open.Id} waits: {open.Reason}" : $"trigger {open.Id} is in line and starts as soon as the job's own limits and a device have room";
    }
}
