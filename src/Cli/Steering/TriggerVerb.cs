using System.CommandLine;
using Aios.Control;
using Aios.Jobs;
using Aios.Store;
using Aios.Store.Devices;
using Aios.Store.Triggers;
using Aios.Telemetry;

namespace Aios.Cli;

/// <summary><c>aios trigger</c>: asks that a job run once.</summary>
internal static class TriggerVerb
{
    private static readonly Argument<string> Name = JobName.Argument();

    private static readonly Argument<string[]> Pairs = new("kwargs")
    {
        Description = "Named arguments; a value that is valid JSON is passed as JSON, any other as text",
        HelpName = "key=value",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private static readonly Option<string?> Args = new("--args") { Description = "Positional arguments, a JSON array", HelpName = "JSON" };
    private static readonly Option<string?> Kwargs = new("--kwargs")
    {
        Description = "Named arguments, a JSON object; key=value pairs override it",
        HelpName = "JSON",
    };
    private static readonly Option<string?> At = new("--at")
    {
        Description = "Earliest start: a time (18:30), an instant (2026-12-24T18:30, Z or +01:00), a delay (10m) or Unix seconds",
        HelpName = "WHEN",
    };
    private static readonly Option<int?> Priority = WholeNumber.Option(
        "--priority",
        "Priority; higher values run first (default: the job's)"
    );
    private static readonly Option<string?> DedupKey = new("--dedup-key")
    {
        Description = "A key that at most one trigger can have; if it exists, nothing is added",
        HelpName = "KEY",
    };
    private static readonly Option<bool> Wait = new("--wait") { Description = "Print the run's output and exit with its exit status" };
    private static readonly Option<bool> Json = SharedOptions.Json();

    public static Command Create(CliContext context)
    {
        var command = new Verb(
            "trigger",
            "Request one run of a job, now or later",
            ("aios trigger mail to=ada count=3", "Run the job mail once, with two named arguments"),
            ("aios trigger backup --wait", "Print the output and exit with the run's status"),
            ("aios trigger backup --at 18:30", "Run it this evening")
        )
        {
            Name,
            Pairs,
            Args,
            Kwargs,
            At,
            Priority,
            DedupKey,
            Wait,
            Json,
        };
        command.SetVerb(context, parsed => Trigger(parsed, context));
        return command;
    }

    private static int Trigger(ParseResult parsed, CliContext context)
    {
        var settings = Settings.OfHome(parsed);
        var name = parsed.GetValue(Name)!;
        var trigger = new NewTrigger(name, TriggerSource.CommandLine, context.Now)
        {
            ArgsJson = KeywordArguments.CheckArray(parsed.GetValue(Args)),
            KwargsJson = KeywordArguments.Merge(parsed.GetValue(Kwargs), parsed.GetValue(Pairs) ?? []),
            RunAt = parsed.GetValue(At) is { } at ? PointInTime.Parse(at, context.Now, TimeZoneInfo.Local) : null,
            Priority = parsed.GetValue(Priority),
            DedupKey = parsed.GetValue(DedupKey),
            TraceParent = TraceParent.Parse(Environment.GetEnvironmentVariable("TRACEPARENT"))?.ToString(),
        };
        using var connection = settings.Database.Connect();
        var list = JobListLoader.Load(settings.JobsFolder, settings.ProgramsFolder);
        RefuseUnknownJob(settings, list, name, connection);
        var (id, isNew) = connection.Write(queue => Add(queue, trigger, context));
        if (parsed.GetValue(Wait))
            return new TriggerFollower(settings, context, id).Follow(parsed.GetValue(Json));
        var canRun = connection.Write(queue => queue.Devices.AnyOnlineCanRun(name));
        Report(context, settings, id, isNew, parsed.GetValue(Json), list.Find(name), canRun);
        return ExitCode.Good;
    }

    private static (long Id, bool IsNew) Add(IStoreTransaction queue, NewTrigger trigger, CliContext context)
    {
        var (ids, created) = queue.Place([trigger], CliActor.Here, context.Now);
        return (ids[0], created > 0);
    }

    // Somebody at a terminal wants to hear of a slip at once; a list that is broken just now is no reason to refuse.
    private static void RefuseUnknownJob(Settings settings, JobList list, string name, IStoreConnection connection)
    {
        if (list.Errors.Length > 0 || list.Find(name) is not null)
            return;
        if (connection.Write(queue => queue.Devices.AnyKnows(name)))
            return;
        throw new CommandLineException(
            $"no job named \"{name}\" in {settings.JobsFolder}, nor in the list of another device.{list.Hint(name)}"
        );
    }

    private static void Report(CliContext context, Settings settings, long id, bool isNew, bool json, Job? job, bool canRun)
    {
        using var reader = settings.Database.Read()!;
        var trigger = reader.Trigger(id)!;
        if (json)
        {
            JsonOutput.Write(context.Out, writer => writer.WriteTrigger(trigger));
            return;
        }

        IReadOnlyList<DeviceSummary> online = [.. reader.Devices().Where(device => device.SeemsAlive(context.Now))];
        var hold = reader.Holds().GetValueOrDefault(trigger.JobName);
        var wait = canRun && hold is null ? null : TriggerWait.Reason(job, online, hold);
        var until = trigger.RunAt is { } at ? $" for {Words.Local(at)}" : "";
        if (!isNew)
            context.Out.WriteLine($"Trigger {id} has this key already; it is {trigger.Status}.");
        else
            context.Out.WriteLine(
                $"Trigger {id}: job \"{trigger.JobName}\" {(wait is null ? $"is queued{until}" : $"waits{until}: {wait}")}."
            );
        if (online.Count == 0)
            context.Say("no daemon is running on this database; it will run when one is started.");
    }
}
