using Aios.Store.Runs;

namespace Aios.Cli;

/// <summary>Runs, a row each.</summary>
internal static class RunListing
{
    // The reason is what people need: what can be done without goes before it is cut to less.
    private const int LeastReason = 40;
    private const int LeastName = 32;

    // Where lines are shorter, the date of what started today would take the place of the reason.
    private const int RoomForDates = 100;

    /// <summary>The table. Where there is only one device, its name would say nothing, nor would an empty progress.</summary>
    public static TextTable Of(
        IReadOnlyList<RunSummary> runs,
        DateTimeOffset now,
        Screen screen,
        bool withDevice,
        bool withUsage = false
    ) => Of([.. runs.Select(run => new RunStreak(run, 1))], now, screen, withDevice, withUsage);

    /// <summary>The same with one row for runs that ended alike.</summary>
    public static TextTable Of(IReadOnlyList<RunStreak> streaks, DateTimeOffset now, Screen screen, bool withDevice, bool withUsage = false)
    {
        Func<DateTimeOffset?, string> started = screen.Columns < RoomForDates ? at => Words.Short(at, now) : Words.Local;
        var withProgress = streaks.Any(streak => streak.Newest.Progress is not null);
        var withTimes = streaks.Any(streak => streak.Count > 1);
        Column[] times = withTimes ? ["TIMES"] : [];
        Column[] device = withDevice ? [Column.Text("DEVICE")] : [];
        Column[] progress = withProgress ? [Column.Text("PROGRESS")] : [];
        Column[] usage = withUsage ? [Column.Spare("CPU"), Column.Spare("MEMORY"), Column.Spare("OUTPUT")] : [];
        var table = new TextTable([
            "RUN",
            Column.Text("JOB", LeastName),
            .. device,
            Column.Status(),
            .. times,
            .. progress,
            "STARTED",
            Column.Spare("TOOK"),
            .. usage,
            Column.Spare("ATTEMPT"),
            Column.Text("REASON", LeastReason),
        ]);
        foreach (var streak in streaks)
            table.Add(Cells(streak, now, started, withDevice, withTimes, withProgress, withUsage));
        return table;
    }

    private static string?[] Cells(
        RunStreak streak,
        DateTimeOffset now,
        Func<DateTimeOffset?, string> started,
        bool withDevice,
        bool withTimes,
        bool withProgress,
        bool withUsage
    )
    {
        var run = streak.Newest;
        string?[] times = withTimes ? [$"{streak.Count}"] : [];
        string?[] device = withDevice ? [run.Device] : [];
        string?[] progress = withProgress ? [Words.Progress(run.Progress, run.ProgressText)] : [];
        string?[] usage = withUsage
            ?
            [
                run.CpuSeconds is { } seconds ? Words.Span(TimeSpan.FromSeconds(seconds)) : null,
                Words.Bytes(run.PeakMemory),
                Words.Bytes(run.OutputBytes),
            ]
            : [];
        return
        [
            $"{run.Id}",
            run.JobName,
            .. device,
            run.Status,
            .. times,
            .. progress,
            started(run.Started),
            Words.Span((run.Ended ?? now) - run.Started),
            .. usage,
            $"{run.Attempt}",
            run.Reason,
        ];
    }
}
