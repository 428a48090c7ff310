using System.CommandLine;
using Aios.Cli.Completion;
using Aios.Control;
using Aios.Jobs;
using Aios.Platform;
using Aios.Store;
using Aios.Store.Jobs;
using Aios.Store.Runs;

namespace Aios.Cli;

/// <summary><c>aios runs</c>: what ran, how it went, and what runs.</summary>
internal static class RunsVerb
{
    private const int StandardLimit = 20;
    private const int LookedThrough = 1000;

    private static readonly Argument<string?> What = new Argument<string?>("target")
    {
        Description = "A job's name for its runs, or the number of a run for its details (default: all runs)",
        HelpName = "JOB|RUN",
        Arity = ArgumentArity.ZeroOrOne,
    }.WithJobs();
    private static readonly Choice<RunStatus> Status = new("--status", "Only runs with this status", status => status.Name(), "STATUS");
    private static readonly Option<string?> Since = new("--since")
    {
        Description =
            "Only runs started at or after this: a span (10m), a time (18:30), an instant (2026-12-24T18:30, Z or +01:00) or Unix seconds",
        HelpName = "WHEN",
    };
    private static readonly Option<string?> Until = new("--until")
    {
        Description = "Only runs started before this, in the same form as --since",
        HelpName = "WHEN",
    };
    private static readonly Option<int?> Trigger = WholeNumber.Option("--trigger", "Only the attempts of this trigger");
    private static readonly Option<string?> Device = new("--device") { Description = "Only runs on this device", HelpName = "DEVICE" };
    private static readonly RowLimit Limit = new(StandardLimit);
    private static readonly Option<bool> Json = SharedOptions.Json();

    public static Command Create(CliContext context)
    {
        var command = new Verb(
            "runs",
            "List runs, newest first, or show one run",
            ("aios runs backup --status failed", "List the failed runs of the job backup"),
            ("aios runs --since 1h -n 0", "List all runs started in the last hour"),
            ("aios runs 12", "Show everything about run 12")
        )
        {
            What,
            Status.Option,
            Since,
            Until,
            Trigger,
            Device,
            Limit.Option,
            Json,
        };
        command.SetVerb(context, parsed => Show(parsed, context));
        return command;
    }

    private static int Show(ParseResult parsed, CliContext context)
    {
        var settings = Settings.OfHome(parsed);
        using var reader = settings.Database.Read();
        var filter = FilterOf(parsed, context);
        if (parsed.GetValue(What) is { } what)
        {
            if (Target.Find(what, settings, reader) is Target.OfRun one)
                return ShowOne(one.Run, parsed, context);
            filter = filter with { JobName = what };
        }

        var limit = Limit.In(parsed);
        if (parsed.GetValue(Json))
            JsonOutput.Write(context.Out, json =>
                json.WriteArray(null, Runs(reader, filter, limit), (writer, run) => writer.WriteRun(run, withResult: false))
            );
        else
            RunListing
                .Of(
                    IsOfAll(filter, parsed)
                        ? RunStreak.Of(Runs(reader, filter, LookedThrough), limit)
                        : [.. Runs(reader, filter, limit).Select(run => new RunStreak(run, 1))],
                    context.Now,
                    context.Screen,
                    reader?.Devices().Count > 1,
                    withUsage: true
                )
                .Write(context, reader is null ? "nothing has run here yet. `aios` starts the jobs." : "no run fits.");
        return ExitCode.Good;
    }

    // Who asks for nothing in particular wants to see what went on, not each run of one job that fails again and again.
    private static bool IsOfAll(RowFilter filter, ParseResult parsed) => filter == new RowFilter() && parsed.GetValue(Limit.Option) is null;

    private static int ShowOne(RunSummary run, ParseResult parsed, CliContext context)
    {
        if (parsed.GetValue(Json))
        {
            JsonOutput.Write(context.Out, json => json.WriteRun(run));
            return ExitCode.Good;
        }

        RunListing.Of([run], context.Now, context.Screen, withDevice: true, withUsage: true).Write(context);
        if (run.Reason is { } reason)
            context.Out.WriteLine($"Reason: {TerminalText.OneLine(reason)}");
        string[] facts =
        [
            $"Trigger {run.TriggerId}",
            .. run.Pid is { } pid ? [$"process {pid}"] : (string[])[],
            .. run.ExitCode is { } code ? [$"exit status {code}"] : (string[])[],
            .. run.Signal is { } signal ? [$"signal {signal}"] : (string[])[],
        ];
        context.Out.WriteLine($"{string.Join(", ", facts)}.");
        if (run.ResultJson is { } result)
            context.Out.WriteLine($"Result: {TerminalText.OneLine(result)}");
        if (run.ResultFile is { } file)
            context.Out.WriteLine($"Result: {TerminalText.OneLine(Words.OfFile(file))}");
        context.Out.WriteLine($"`aios logs {run.Id}` shows what it printed.");
        return ExitCode.Good;
    }

    // Page by page, so that the daemon never waits for the whole.
    private static IEnumerable<RunSummary> Runs(IStoreReader? reader, RowFilter filter, int limit)
    {
        const int atOnce = 1000;
        long? before = null;
        do
        {
            if (reader?.RunPage(filter, before, Math.Min(limit, atOnce)) is not { } page)
                yield break;
            foreach (var run in page.Items)
                yield return run;
            limit -= page.Items.Count;
            before = page.Next;
        } while (before is not null && limit > 0);
    }

    private static RowFilter FilterOf(ParseResult parsed, CliContext context) =>
        new()
        {
            Status = Status.In(parsed),
            Since = parsed.GetValue(Since) is { } since ? PointInTime.ParsePast(since, context.Now, TimeZoneInfo.Local) : null,
            Until = parsed.GetValue(Until) is { } until ? PointInTime.ParsePast(until, context.Now, TimeZoneInfo.Local, "--until") : null,
            TriggerId = parsed.GetValue(Trigger),
            Device = parsed.GetValue(Device),
        };
}
