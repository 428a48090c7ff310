using System.CommandLine;
using Aios.Control;
using Aios.Queue;

namespace Aios.Cli;

/// <summary><c>aios status</c>: what runs, what waits, what failed, and whether the daemons are well.</summary>
internal static class StatusVerb
{
    private static readonly Option<bool> Json = SharedOptions.Json();

    public static Command Create(CliContext context)
    {
        var command = new Command("status", "Show daemons, running and waiting work, and the latest runs") { Json };
        command.SetVerb(context, parsed => Show(parsed, context));
        return command;
    }

    private static int Show(ParseResult parsed, CliContext context)
    {
        var settings = Settings.Of(parsed);
        using var reader = QueueReader.Open(settings.DatabasePath);
        if (parsed.GetValue(Json)) WriteJson(reader, settings, context);
        else if (reader is null) context.Out.WriteLine($"Nothing has run here yet: there is no database at {settings.DatabasePath}. `aios` starts the jobs.");
        else WriteText(reader, context);
        return ExitStatus.Good;
    }

    private static void WriteText(QueueReader reader, CliContext context)
    {
        var devices = reader.Devices();
        WriteDevices(devices, context);
        var open = reader.OpenTriggers();
        context.Out.WriteLine($"Triggers: {open.GetValueOrDefault("queued")} queued, {open.GetValueOrDefault("waiting")} waiting, {open.GetValueOrDefault("running")} running.");
        foreach (var trigger in reader.WaitingTriggers(5)) context.Out.WriteLine($"  {trigger.Id} {trigger.JobName}: {trigger.Reason}");
        foreach (var (name, hold) in reader.Holds().OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            context.Out.WriteLine($"Job \"{name}\" is {hold.Word} since {Words.Local(hold.Since)}; `aios resume {name}` lets it run.");
        }

        WriteRuns("Running", reader.Runs(50, RunStatus.Running), devices.Count > 1, context);
        WriteRuns("Latest", [.. reader.Runs(20).Where(run => run.Ended is not null).Take(10)], devices.Count > 1, context);
    }

    private static void WriteDevices(IReadOnlyList<DeviceSummary> devices, CliContext context)
    {
        var table = new TextTable("DEVICE", "STATUS", "TAGS", "PID", "SINCE", "LAST SEEN");
        foreach (var device in devices)
        {
            table.Add(
                device.Device,
                device.Status == "online" && !device.SeemsAlive(context.Now) ? "silent" : device.Status,
                string.Join(",", device.Tags),
                $"{device.Pid}",
                Words.Local(device.Started),
                Words.Relative(device.Heartbeat, context.Now));
        }

        table.Write(context.Out);
        foreach (var device in devices.Where(device => device is { Status: "online", Engine: not null })) context.Out.WriteLine($"Containers on {device.Device}: {device.Engine}");
        foreach (var device in devices.Where(device => device.Trouble is not null)) context.Out.WriteLine($"! {device.Device}: {device.Trouble}");
    }

    private static void WriteRuns(string title, IReadOnlyList<RunSummary> runs, bool withDevice, CliContext context)
    {
        if (runs.Count == 0) return;
        context.Out.WriteLine($"{title}:");
        JobsShowVerb.RunTable(runs, context, withDevice).Write(context.Out);
    }

    private static void WriteJson(QueueReader? reader, Settings settings, CliContext context) => JsonOutput.Write(context.Out, json =>
    {
        json.WriteStartObject();
        json.WriteString("database", settings.DatabasePath);
        json.WriteArray("devices", reader?.Devices() ?? [], (writer, device) => writer.WriteDevice(device));
        json.WriteStartObject("triggers");
        var open = reader?.OpenTriggers() ?? new Dictionary<string, long>();
        foreach (var status in (string[])["queued", "waiting", "running"]) json.WriteNumber(status, open.GetValueOrDefault(status));
        json.WriteEndObject();
        json.WriteArray("waiting", reader?.WaitingTriggers(100) ?? [], (writer, trigger) => writer.WriteTrigger(trigger));
        json.WriteArray("holds", reader?.Holds() ?? new Dictionary<string, Hold>(), (writer, hold) => writer.WriteHold(hold.Key, hold.Value));
        json.WriteArray("running", reader?.Runs(1000, RunStatus.Running) ?? [], (writer, run) => writer.WriteRun(run));
        json.WriteArray("latest", reader?.Runs(20) ?? [], (writer, run) => writer.WriteRun(run));
        json.WriteEndObject();
    });
}
