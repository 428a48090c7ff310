using System.CommandLine;
using Aios.Control;
using Aios.Jobs;
using Aios.Queue;

namespace Aios.Cli;

/// <summary><c>aios jobs next</c>: when jobs will run.</summary>
internal static class JobsNextVerb
{
    private const int DefaultCount = 10;
    private static readonly Argument<string?> Name = new("job") { Description = "Only this job", HelpName = "NAME", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<int?> Count = WholeNumber.Option("--count", $"How many occurrences (default: {DefaultCount} of the job that is named, else the next one of each)", "-n");
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
        using var reader = QueueReader.Open(settings.DatabasePath);
        var occurrences = new ComingOccurrences(reader, context.Now);
        var coming = parsed.GetValue(Name) is { } name
            ? [.. occurrences.Of(JobsVerb.Find(list, name)).Take(count ?? DefaultCount)]
            : OfAll(list, occurrences, count);
        if (parsed.GetValue(Json)) WriteJson(coming, context);
        else WriteTable(coming, context);
        return ExitStatus.Good;
    }

    // What is not known yet sorts before all times, since null does.
    private static List<ComingOccurrence> OfAll(JobList list, ComingOccurrences occurrences, int? count) =>
        [.. list.Jobs.SelectMany(job => occurrences.Of(job).Take(count ?? 1)).OrderBy(occurrence => occurrence.At).Take(count ?? int.MaxValue)];

    private static void WriteTable(List<ComingOccurrence> coming, CliContext context)
    {
        var table = new TextTable("WHEN", "IN", "JOB");
        foreach (var occurrence in coming) table.Add(occurrence.InWords ?? Words.LocalWithOffset(occurrence.At), occurrence.At is { } at ? Words.Span(at - context.Now) : null, occurrence.JobName);
        table.Write(context.Out);
    }

    private static void WriteJson(List<ComingOccurrence> coming, CliContext context) => JsonOutput.Write(context.Out, json => json.WriteArray(null, coming, (writer, occurrence) => writer.WriteOccurrence(occurrence)));
}
