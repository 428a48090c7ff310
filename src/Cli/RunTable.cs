using Aios.Queue;

namespace Aios.Cli;

/// <summary>Runs, a row each.</summary>
internal static class RunTable
{
    /// <summary>The table. Where there is only one device, its name would say nothing, nor would an empty progress.</summary>
    public static TextTable Of(IReadOnlyList<RunSummary> runs, DateTimeOffset now, bool withDevice, bool withUsage = false)
    {
        var withProgress = runs.Any(run => run.Progress is not null);
        Column[] device = withDevice ? [Column.Text("DEVICE")] : [];
        Column[] progress = withProgress ? [Column.Text("PROGRESS")] : [];
        Column[] usage = withUsage ? [Column.Spare("CPU"), Column.Spare("MEMORY"), Column.Spare("OUTPUT")] : [];
        var table = new TextTable(["RUN", Column.Text("JOB"), .. device, Column.Status(), .. progress, "STARTED", "TOOK", .. usage, Column.Spare("ATTEMPT"), Column.Text("REASON")]);
        foreach (var run in runs) table.Add(Cells(run, now, withDevice, withProgress, withUsage));
        return table;
    }

    private static string?[] Cells(RunSummary run, DateTimeOffset now, bool withDevice, bool withProgress, bool withUsage)
    {
        string?[] device = withDevice ? [run.Device] : [];
        string?[] progress = withProgress ? [Words.Progress(run.Progress, run.ProgressText)] : [];
        string?[] usage = withUsage ? [run.CpuSeconds is { } seconds ? Words.Span(TimeSpan.FromSeconds(seconds)) : null, Words.Bytes(run.PeakMemory), Words.Bytes(run.OutputBytes)] : [];
        return [$"{run.Id}", run.JobName, .. device, run.Status, .. progress, Words.Local(run.Started), Words.Span((run.Ended ?? now) - run.Started), .. usage, $"{run.Attempt}", run.Reason];
    }
}
