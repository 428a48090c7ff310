using System.CommandLine;
using System.Text.Json;
using Aios.Control;
using Aios.Health;
using Aios.Store;
using Aios.Store.Jobs;
using Aios.Store.Runs;

namespace Aios.Cli;

/// <summary><c>aios status</c>: what runs, what waits, what failed, and whether the daemons are well.</summary>
internal static class StatusVerb
{
    private static readonly Option<bool> Json = SharedOptions.Json();

    public static Command Create(CliContext context)
    {
        var command = new Verb(
            "status",
            "Show devices, running and waiting work, and the latest runs",
            ("aios status", "Show the status"),
            ("aios status --json", "Print the same as JSON")
        )
        {
            Json,
        };
        command.SetVerb(context, parsed => Show(parsed, context));
        return command;
    }

    private static int Show(ParseResult parsed, CliContext context)
    {
        var settings = Settings.OfHome(parsed);
        using var reader = settings.Database.Read();
        if (parsed.GetValue(Json))
            WriteJson(reader, settings, context);
        else if (reader is null)
            context.Out.WriteLine($"Nothing has run here yet: there is no database at {settings.Database.Name}. `aios` starts the jobs.");
        else
            WriteText(reader, context);
        return ExitCode.Good;
    }

    private static void WriteText(IStoreReader reader, CliContext context)
    {
        foreach (var line in StatusText.Lines(reader, context.Now, context.Screen))
            context.Out.WriteLine(line);
    }

    private static void WriteJson(IStoreReader? reader, Settings settings, CliContext context) => JsonOutput.Write(context.Out, json =>
        {
            json.WriteStartObject();
            json.WriteString("database", settings.Database.Name);
            json.WriteArray("not_well", reader is null ? [] : new JobHealthView(reader, context.Now).NotWell(null), WriteNotWell);
            json.WriteArray("devices", reader?.Devices() ?? [], (writer, device) => writer.WriteDevice(device));
            json.WriteLine(reader?.Line() ?? QueueFigures.Empty);
            json.WriteArray("waiting", reader?.WaitingTriggers(100) ?? [], (writer, trigger) => writer.WriteTrigger(trigger));
            json.WriteArray("holds", reader?.Holds() ?? new Dictionary<string, JobHold>(), (writer, hold) =>
                writer.WriteHold(hold.Key, hold.Value)
            );
            json.WriteArray("running", reader?.Runs(1000, RunStatus.Running) ?? [], (writer, run) => writer.WriteRun(run));
            json.WriteArray("latest", reader?.Runs(20) ?? [], (writer, run) => writer.WriteRun(run));
            json.WriteEndObject();
        });

    private static void WriteNotWell(Utf8JsonWriter json, (string JobName, JobHealth Health) job)
    {
        json.WriteStartObject();
        json.WriteString("job_name", job.JobName);
        json.WriteHealth(job.Health);
        json.WriteEndObject();
    }
}
