using Aios.Health;
using Aios.Platform;
using Aios.Store;
using Aios.Store.Devices;
using Aios.Store.Flows;
using Aios.Store.Runs;

namespace Aios.Cli;

/// <summary>How all stands, line by line, for <c>aios status</c> and <c>aios top</c>.</summary>
internal static class StatusText
{
    private const int MostRunning = 50;
    private const int MostNotWell = 10;
    private const int MostApprovals = 100;

    // So many ended runs are looked through for what is latest: of one job that fails again and again, one line is shown.
    private const int LookedThrough = 200;

    /// <summary>Reads it.</summary>
    /// <param name="reader">Of the database.</param>
    /// <param name="now">UTC.</param>
    /// <param name="screen">Where it is shown.</param>
    /// <param name="waiting">How many waiting triggers are shown at most.</param>
    /// <param name="latest">How many ended runs are shown at most.</param>
    public static IEnumerable<string> Lines(IStoreReader reader, DateTimeOffset now, Screen screen, int waiting = 5, int latest = 10)
    {
        var devices = reader.Devices();
        foreach (var line in OfDevices(devices, now, screen))
            yield return line;
        if (!devices.Any(device => device.SeemsAlive(now)))
            yield return $"No daemon runs{(devices.Count == 0 ? " here yet" : " now")}: `aios` starts one.";
        foreach (var line in OfJobs(new JobHealthView(reader, now).NotWell(null)))
            yield return Fit(line, screen);
        var figures = reader.Line();
        yield return $"Triggers: {figures.Queued} queued, {figures.Waiting} waiting, {figures.Running} running.";
        foreach (var trigger in reader.WaitingTriggers(waiting))
            yield return Fit($"  {trigger.Id} {trigger.JobName}: {trigger.Reason}", screen);
        if (reader.ApprovalPage(new RowFilter(), ApprovalStatus.Waiting, null, MostApprovals).Items is { Count: > 0 } approvals)
        {
            var more = approvals.Count == MostApprovals ? " or more" : "";
            yield return $"Approvals: {approvals.Count}{more} waiting; `aios approvals` lists them.";
        }
        foreach (var (name, hold) in reader.Holds().OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            yield return Fit($"Job \"{name}\" is {hold.Word} since {Words.Local(hold.Since)}; {hold.Remedy(name)} lets it run.", screen);
        }

        foreach (
            var line in OfRuns(
                "Running",
                [.. reader.Runs(MostRunning, RunStatus.Running).Select(run => new RunStreak(run, 1))],
                devices.Count > 1,
                now,
                screen
            )
        )
            yield return line;
        // Those that go on stand among the latest, too.
        var ended = RunStreak.Of(reader.Runs(LookedThrough + MostRunning).Where(run => run.Ended is not null), latest);
        foreach (var line in OfRuns("Latest", ended, devices.Count > 1, now, screen))
            yield return line;
    }

    private static IEnumerable<string> OfJobs(IReadOnlyList<(string JobName, JobHealth Health)> jobs)
    {
        foreach (var (name, health) in jobs.Take(MostNotWell))
            yield return $"! Job \"{name}\" {health.Predicate}.";
        if (jobs.Count > MostNotWell)
            yield return $"! And {jobs.Count - MostNotWell} more jobs are not well; `aios jobs` lists them.";
    }

    private static IEnumerable<string> OfDevices(IReadOnlyList<DeviceSummary> devices, DateTimeOffset now, Screen screen)
    {
        var table = new TextTable(Column.Text("DEVICE"), Column.Status(), Column.Text("TAGS"), Column.Spare("PID"), "SINCE", "LAST SEEN");
        foreach (var device in devices)
        {
            table.Add(
                device.Device,
                device.Status == "online" && !device.SeemsAlive(now) ? "silent" : device.Status,
                string.Join(",", device.Tags),
                $"{device.Pid}",
                Words.Local(device.Started),
                Words.Relative(device.Heartbeat, now)
            );
        }

        if (devices.Count > 0)
        {
            foreach (var line in table.Lines(screen))
                yield return line;
        }

        foreach (var device in devices.Where(device => device is { Status: "online", Engine: not null }))
            yield return Fit($"Containers on {device.Device}: {device.Engine}", screen);
        foreach (var device in devices.Where(device => device.Trouble is not null))
            yield return Fit($"! {device.Device}: {device.Trouble}", screen);
    }

    private static IEnumerable<string> OfRuns(string title, List<RunStreak> runs, bool withDevice, DateTimeOffset now, Screen screen) =>
        runs.Count == 0 ? [] : RunListing.Of(runs, now, screen, withDevice).Lines(screen).Prepend($"{title}:");

    private static string Fit(string line, Screen screen) => TextWidth.Cut(TerminalText.OneLine(line), screen.Columns ?? int.MaxValue);
}
