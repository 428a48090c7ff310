using Aios.Daemon.Reporting;
using Aios.Jobs;
using Aios.Running;

namespace Aios.Daemon.Monitoring;

/// <summary>Says which limits of the list in force nothing keeps on this device: a limit that does not hold must not be silent.</summary>
internal sealed class LimitWarnings(Runner runner, DaemonLog log)
{
    private const int MostNamed = 10;

    private HashSet<string> _said = [];

    /// <summary>Each warning is said once, as long as it stays the same from list to list.</summary>
    public void Tell(JobList list)
    {
        var unkept = list
            .Jobs.SelectMany(job => runner.UnkeptLimits(job).Select(limit => (Limit: limit, job.Name)))
            .GroupBy(pair => pair.Limit, pair => pair.Name);
        var warnings = unkept
            .Select(group => $"The limit {group.Key} is not kept on this device. Jobs that have it: {Names([.. group])}.")
            .ToHashSet();
        foreach (var warning in warnings.Except(_said))
            log.Warning(warning);
        _said = warnings;
    }

    private static string Names(List<string> names) =>
        string.Join(", ", names.Take(MostNamed)) + (names.Count > MostNamed ? $" and {names.Count - MostNamed} more" : "");
}
