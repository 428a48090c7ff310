using System.CommandLine;
using Aios.Control;
using Aios.Jobs;

namespace Aios.Cli;

/// <summary><c>aios next</c> and <c>aios jobs next</c>: when jobs will run, also those of a list that is not in force.</summary>
internal static class NextVerb
{
    private const int StandardOfOne = 10;
    private const int Most = 100_000;

    private static readonly Argument<string?> Name = JobName.Optional("Only this job");
    private static readonly Option<int?> Count = WholeNumber.Option(
        "--count",
        $"Maximum number of occurrences (default: {StandardOfOne} if a job is named; all with --from or --until, repetitions on one line; "
            + $"otherwise one for each job)",
        "-n"
    );
    private static readonly Option<string?> From = new("--from")
    {
        Description =
            "Start of the period: a time (18:30), an instant (2026-12-24T18:30, Z or +01:00), a delay (10m, 2d) or Unix seconds "
            + "(default: now)",
        HelpName = "WHEN",
    };
    private static readonly Option<string?> Until = new("--until")
    {
        Description = "End of the period, in the same form as --from",
        HelpName = "WHEN",
    };
    private static readonly Option<string?> List = new("--list")
    {
        Description = "Use this job list (a file or a folder) as if it came into force now",
        HelpName = "FILE",
    };
    private static readonly Option<bool> Json = SharedOptions.Json();

    public static Command Create(CliContext context)
    {
        var command = new Verb(
            "next",
            "List the next occurrences of scheduled jobs",
            ("aios next", "Show when each job runs next"),
            ("aios next backup -n 3", "List the next three occurrences of the job backup"),
            ("aios next --until 1d", "List all occurrences within a day"),
            ("aios next --list new.yaml --until 12h", "List the occurrences of a list that is not in force")
        )
        {
            Name,
            Count,
            From,
            Until,
            List,
            Json,
        };
        command.SetVerb(context, parsed => Next(parsed, context));
        return command;
    }

    private static int Next(ParseResult parsed, CliContext context)
    {
        var settings = Settings.Of(parsed);
        var list = ListOf(parsed, settings);
        IReadOnlyList<Job> jobs = parsed.GetValue(Name) is { } name ? [JobsVerb.Find(list, name)] : list.Jobs;
        using var reader = settings.Database.ReadIfUsed();
        var occurrences = new ComingOccurrences(reader, context.Now) { IsTrial = parsed.GetValue(List) is not null };
        var (coming, isCut) = Coming(jobs, occurrences, parsed, context);
        if (parsed.GetValue(Json))
        {
            JsonOutput.Write(context.Out, json =>
                json.WriteArray(null, coming, (writer, occurrence) => writer.WriteOccurrence(occurrence))
            );
            return ExitCode.Good;
        }

        Table(coming, IsInFull(parsed), context).Write(context, "no job runs by the clock in that time.");
        if (isCut)
            context.Out.WriteLine($"And more: these are the first {Most}. A narrower --from and --until shows others.");
        foreach (var held in jobs.Where(job => JobSchedules.Of(job, "") is not null && occurrences.WhyNone(job) is not null))
            context.Out.WriteLine($"Not among them: {held.Name}, which is {occurrences.WhyNone(held)}.");
        return ExitCode.Good;
    }

    private static JobList ListOf(ParseResult parsed, Settings settings)
    {
        if (parsed.GetValue(List) is not { } path)
            return JobsVerb.Load(settings);
        if (Directory.Exists(path))
            return JobsVerb.Right(JobListLoader.Load(path, settings.ProgramsFolder));
        if (!File.Exists(path))
            throw new CommandLineException($"--list: there is no file or folder {Path.GetFullPath(path)}.");
        return JobsVerb.Right(JobListLoader.LoadFile(path, settings.ProgramsFolder));
    }

    private static (List<ComingOccurrence> Coming, bool IsCut) Coming(
        IReadOnlyList<Job> jobs,
        ComingOccurrences occurrences,
        ParseResult parsed,
        CliContext context
    )
    {
        var count = parsed.GetValue(Count);
        if (count is < 1 or > Most)
            throw new CommandLineException($"--count: found {count}, expected a whole number from 1 to {Most}.");
        var (from, until) = (At(From, parsed, context), At(Until, parsed, context));
        if (until is { } end && end <= (from ?? context.Now))
            throw new CommandLineException(
                $"--until: found \"{parsed.GetValue(Until)}\", which is {Words.LocalWithOffset(end)}, expected something later than "
                    + $"{(from is null ? "now" : Words.LocalWithOffset(from))}."
            );
        var isWindow = from is not null || until is not null;
        // What is not known yet sorts before all times, since null does.
        if (count is null && !isWindow && parsed.GetValue(Name) is null)
            return ([.. jobs.SelectMany(job => occurrences.Of(job).Take(1)).OrderBy(occurrence => occurrence.At)], false);
        var most = count ?? (isWindow ? Most : StandardOfOne);
        var all = occurrences
            .Of(jobs, from)
            .TakeWhile(occurrence => until is null || occurrence.At is null || occurrence.At <= until)
            .Take(most + 1)
            .ToList();
        var isCut = count is null && isWindow && all.Count > most;
        return ([.. all.Take(most)], isCut);
    }

    // Whoever wants a number of occurrences wants them one by one.
    private static bool IsInFull(ParseResult parsed) =>
        parsed.GetValue(Count) is not null || (parsed.GetValue(From) is null && parsed.GetValue(Until) is null);

    private static DateTimeOffset? At(Option<string?> option, ParseResult parsed, CliContext context) =>
        parsed.GetValue(option) is { } text ? PointInTime.Parse(text, context.Now, TimeZoneInfo.Local, option.Name) : null;

    private static TextTable Table(List<ComingOccurrence> coming, bool isInFull, CliContext context)
    {
        var repeats = isInFull ? [.. coming.Select(occurrence => new RepeatedOccurrence(occurrence))] : RepeatedOccurrence.Of(coming);
        var table = repeats.Any(repeat => repeat.Count > 1)
            ? new TextTable("WHEN", "IN", Column.Text("JOB"), "AND THEN", Column.Spare("UNTIL"))
            : new TextTable("WHEN", "IN", Column.Text("JOB"));
        foreach (var repeat in repeats)
        {
            var first = repeat.First;
            var when = first.InWords ?? Words.LocalWithOffset(first.At);
            var ahead = first.At is { } at ? Words.Ahead(at - context.Now) : null;
            table.Add([
                .. new[] { when, ahead, first.JobName, repeat.InWords, repeat.Count > 1 ? Words.LocalWithOffset(repeat.Last) : null }.Take(
                    table.Width
                ),
            ]);
        }

        return table;
    }
}
