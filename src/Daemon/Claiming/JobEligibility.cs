using System.Collections.Immutable;
using Aios.Jobs;

namespace Aios.Daemon.Claiming;

/// <summary>Whether a device can run a job at all.</summary>
internal static class JobEligibility
{
    /// <summary>Enabled, and all its tags are there.</summary>
    public static bool CanRun(Job job, ImmutableSortedSet<string> deviceTags) => job.Enabled && job.Tags.IsSubsetOf(deviceTags);

    /// <summary>In words, for a job that this device cannot run and no other device that is online can either.</summary>
    public static string WhyNot(Job job, ImmutableSortedSet<string> deviceTags)
    {
        if (!job.Enabled)
            return "the job is disabled in the list";
        var missing = job.Tags.Except(deviceTags);
        return $"needs a device with the {(missing.Count == 1 ? "tag" : "tags")} {string.Join(", ", missing)}; none that is online has "
            + $"{(missing.Count == 1 ? "it" : "them")}";
    }
}
