using Aios.Jobs;
using Aios.Store.Devices;
using Aios.Store.Jobs;

namespace Aios.Control;

/// <summary>What a new trigger waits for, besides its turn.</summary>
internal static class TriggerWait
{
    /// <summary>In words; null where nothing but its turn is missing.</summary>
    /// <param name="job">The job as the list of this home has it; null if it is only in the list of another device.</param>
    /// <param name="online">The devices that are online; none of them has said that it can run the job.</param>
    /// <param name="hold">What holds the job, or null.</param>
    public static string? Reason(Job? job, IReadOnlyList<DeviceSummary> online, JobHold? hold = null)
    {
        if (hold is not null)
            return $"its job is {hold.Word}";
        if (job is null)
            return online.Count == 0 ? null : "its job is in the list of devices that are not online";
        if (!job.Enabled)
            return "the job is disabled in the list, and runs once it is enabled";
        // A list that was saved just now may not have been taken over yet, so the tags are asked and not only the devices.
        if (online.Any(device => job.Tags.IsSubsetOf(device.Tags)))
            return null;
        if (job.Tags.IsEmpty)
            return null;
        var several = job.Tags.Count > 1;
        return $"it needs a device with the {(several ? "tags" : "tag")} {string.Join(", ", job.Tags)}, and none that is online has "
            + $"{(several ? "them all" : "it")}";
    }
}
