using System.CommandLine;
using Aios.Cli.Completion;
using Aios.Jobs;
using Aios.Platform;
using Aios.Store;
using Aios.Store.Logs;

namespace Aios.Cli;

/// <summary><c>aios logs</c>: what programs and daemons said, and say.</summary>
internal static class LogsVerb
{
    private const int DefaultCount = 100;

    private static readonly Argument<string?> What = new Argument<string?>("target")
    {
        Description = "The job's name, or the number of a run (default: all, including messages of the daemons)",
        HelpName = "JOB|RUN",
        Arity = ArgumentArity.ZeroOrOne,
    }.WithJobs();

    private static readonly Option<bool> Follow = new("--follow", "-f")
    {
        Description = "Continue with new lines; for a run, until it has ended",
    };
    private static readonly Option<int?> Count = WholeNumber.Option(
        "--lines",
        $"Number of last lines (default: {DefaultCount}; all lines for a run or with --since)",
        "-n"
    );
    private static readonly Option<string?> Since = new("--since")
    {
        Description =
            "Only lines at or after this: a span (10m), a time (18:30), an instant (2026-12-24T18:30, Z or +01:00) or Unix seconds",
        HelpName = "WHEN",
    };
    private static readonly Option<string?> Level = new Option<string?>("--level")
    {
        Description = "Lowest level: debug, info, warning, error, critical",
        HelpName = "LEVEL",
    }.With(LogLevel.All.Select(level => level.ToLowerInvariant()));
    private static readonly Option<bool> Json = new("--json") { Description = "Print each line as a JSON object" };

    public static Command Create(CliContext context)
    {
        var command = new Verb(
            "logs",
            "Show or follow the output of programs",
            ("aios logs -f", "Follow the output of all jobs"),
            ("aios logs backup --since 1h --level warning", "Show warnings and errors of the job backup in the last hour"),
            ("aios logs 12", "Show the whole output of run 12")
        )
        {
            What,
            Follow,
            Count,
            Since,
            Level,
            Json,
        };
        command.SetVerb(context, parsed => Show(parsed, context));
        return command;
    }

    private static int Show(ParseResult parsed, CliContext context)
    {
        var settings = Settings.OfHome(parsed);
        var query = new LogQuery
        {
            Since = parsed.GetValue(Since) is { } since ? PointInTime.ParsePast(since, context.Now, TimeZoneInfo.Local) : null,
            Level = parsed.GetValue(Level) is { } level ? LevelOf(level) : null,
        };
        if (parsed.GetValue(Count) is < 0 and var negative)
            throw new CommandLineException($"--lines: found {negative}, expected 0 or more.");
        var printer = new LogPrinter(context.Out, parsed.GetValue(Json), context.Screen.Colours);
        var follower = new LogFollower(settings, context, printer);
        using var reader = Open(settings, parsed, follower, context);
        if (reader is null)
            return ExitCode.Good;

        query = Of(parsed, query, settings, reader);
        var lines = new LogReader(reader, query);
        lines.StartAtLast(parsed.GetValue(Count) ?? (query.RunId is null && query.Since is null ? DefaultCount : long.MaxValue));
        if (parsed.GetValue(Follow))
            return follower.Follow(reader, lines, query.RunId);
        printer.PrintAll(lines);
        return ExitCode.Good;
    }

    private static IStoreReader? Open(Settings settings, ParseResult parsed, LogFollower follower, CliContext context)
    {
        if (settings.Database.Read() is { } reader)
            return reader;
        // A typing error is reported at once and not when there is a database.
        _ = Of(parsed, new LogQuery(), settings, null);
        if (parsed.GetValue(Follow))
            return follower.WaitForDatabase();
        context.Say($"nothing has run here yet: there is no database at {settings.Database.Name}.");
        return null;
    }

    private static LogQuery Of(ParseResult parsed, LogQuery query, Settings settings, IStoreReader? reader)
    {
        if (parsed.GetValue(What) is not { } what)
            return query;
        return Target.Find(what, settings, reader) switch
        {
            Target.OfJob job => query with { JobName = job.Name },
            Target.OfRun run => query with { RunId = run.Run.Id },
            _ => throw new InvalidOperationException(),
        };
    }

    private static string LevelOf(string text)
    {
        var name = LogLevel.All.FirstOrDefault(level => level.Equals(text, StringComparison.OrdinalIgnoreCase));
        return name
            ?? throw new CommandLineException(
                $"--level: found \"{text}\", expected debug, info, warning, error or "
                    + $"critical.{NearestName.Hint(text, LogLevel.All.Select(level => level.ToLowerInvariant()))}"
            );
    }
}
