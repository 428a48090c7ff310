using Aios.Store.Runs;

namespace Aios.Cli;

/// <summary>Runs, a row each.</summary>
internal static class RunListing
{
    /// <summary>The table. Where there is only one device, its name would say nothing, nor would an empty progress.</summary>
    public static TextTable Of(IReadOnlyList<RunSummary> runs, DateTimeOffset now, bool withDevice, bool withUsage = false) =>
        Of([.. runs.Select(run => new RunStreak(run, 1))], now, withDevice, withUsage);

    /// <summary>The same with one row for runs that ended alike.</summary>
    public static TextTable Of(IReadOnlyList<RunStreak> streaks, DateTimeOffset now, bool withDevice, bool withUsage = false)
    {
        var withProgress = streaks.Any(streak => streak.Newest.Progress is not null);
        var withTimes = streaks.Any(streak => streak.Count > 1);
        Column[] times = withTimes ? ["TIMES"] : [];
        Column[] device = withDevice ? [Column.Text("DEVICE")] : [];
        Column[] progress = withProgress ? [Column.Text("PROGRESS")] : [];
        Column[] usage = withUsage ? [Column.Spare("CPU"), Column.Spare("MEMORY"), Column.Spare("OUTPUT")] : [];
        var table = new TextTable(["RUN", Column.Text("JOB"), .. device, Column.Status(), .. times, .. progress, "STARTED", "TOOK", .. usage, Column.Spare("ATTEMPT"), Column.Text("REASON")]);
        foreach (var streak in streaks) table.Add(Cells(streak, now, withDevice, withTimes, withProgress, withUsage));
        return table;
    }

    private static string?[] Cells(RunStreak streak, DateTimeOffset now, bool withDevice, bool withTimes, bool withProgress, bool withUsage)
    {
        var run = streak.Newest;
        string?[] times = withTimes ? [$"{streak.Count}"] : [];
        string?[] device = withDevice ? [run.Device] : [];
        string?[] progress = withProgress ? [Words.Progress(run.Progress, run.ProgressText)] : [];
        string?[] usage = withUsage ? [run.CpuSeconds is { } seconds ? Words.Span(TimeSpan.FromSeconds(seconds)) : null, Words.Bytes(run.PeakMemory), Words.Bytes(run.OutputBytes)] : [];
        return [$"{run.Id}", run.JobName, .. device, run.Status, .. times, .. progress, Words.Local(run.Started), Words.Span((run.Ended ?? now) - run.Started), .. usage, $"{run.Attempt}", run.Reason];
    }
}
