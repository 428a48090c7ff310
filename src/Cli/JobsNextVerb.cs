using System.CommandLine;
using Aios.Jobs;
using Aios.Queue;

namespace Aios.Cli;

/// <summary><c>aios jobs next</c>: when jobs will run.</summary>
internal static class JobsNextVerb
{
    private static readonly Argument<string?> Name = new("job") { Description = "Only this job", HelpName = "NAME", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<int> Count = new("--count", "-n") { Description = "How many occurrences", HelpName = "N", DefaultValueFactory = _ => 10 };
    private static readonly Option<bool> Json = SharedOptions.Json();

    public static Command Create(CliContext context)
    {
        var command = new Command("next", "List the coming occurrences of scheduled jobs") { Name, Count, Json };
        command.SetVerb(context, parsed => Next(parsed, context));
        return command;
    }

    private static int Next(ParseResult parsed, CliContext context)
    {
        var settings = Settings.Of(parsed);
        var list = JobsVerb.Load(settings);
        var count = parsed.GetValue(Count);
        if (count is < 1 or > 100_000) throw new CommandLineException($"--count: found {count}, expected a whole number from 1 to 100000.");
        var jobs = parsed.GetValue(Name) is { } name ? [JobsVerb.Find(list, name)] : list.Jobs;
        using var reader = QueueReader.Open(settings.DatabasePath);
        var cursors = reader?.Cursors() ?? new Dictionary<string, ScheduleCursor>();
        var coming = jobs.SelectMany(job => Coming(job, reader, cursors, context.Now).Take(count)).OrderBy(occurrence => occurrence.At).Take(count).ToList();
        if (parsed.GetValue(Json)) WriteJson(coming, context);
        else WriteTable(coming, context);
        return ExitStatus.Good;
    }

    private static IEnumerable<(string JobName, DateTimeOffset At)> Coming(Job job, QueueReader? reader, IReadOnlyDictionary<string, ScheduleCursor> cursors, DateTimeOffset now)
    {
        var schedule = JobSchedules.Of(job, reader?.DatabaseId() ?? "");
        for (var at = JobsVerb.NextDue(job, reader, cursors, now); at is { } instant; at = schedule!.Next(instant)?.At) yield return (job.Name, instant);
    }

    private static void WriteTable(List<(string JobName, DateTimeOffset At)> coming, CliContext context)
    {
        var table = new TextTable("WHEN", "IN", "JOB");
        foreach (var (jobName, at) in coming) table.Add(Words.Local(at), Words.Span(at - context.Now), jobName);
        table.Write(context.Out);
    }

    private static void WriteJson(List<(string JobName, DateTimeOffset At)> coming, CliContext context) => JsonOutput.Write(context.Out, json => json.WriteArray(null, coming, (writer, occurrence) =>
    {
        writer.WriteStartObject();
        writer.WriteString("job_name", occurrence.JobName);
        writer.WriteInstant("at", occurrence.At);
        writer.WriteEndObject();
    }));
}
