using System.CommandLine;
using Aios.Jobs;

namespace Aios.Cli;

/// <summary><c>aios jobs show</c>: one job, whole.</summary>
internal static class JobsShowVerb
{
    private static readonly Argument<string> Name = JobName.Argument();
    private static readonly Option<bool> Json = SharedOptions.Json();

    public static Command Create(CliContext context)
    {
        var command = new Verb(
            "show",
            "Show a job's definition and its latest runs",
            ("aios jobs show backup", "Show the definition and the latest runs of the job backup")
        )
        {
            Name,
            Json,
        };
        command.SetVerb(context, parsed => Show(parsed, context));
        return command;
    }

    private static int Show(ParseResult parsed, CliContext context)
    {
        var settings = Settings.Of(parsed);
        var job = JobsVerb.Find(JobsVerb.Load(settings), parsed.GetValue(Name)!);
        if (parsed.GetValue(Json))
        {
            context.Out.WriteLine(JobJson.Write(job));
            return ExitCode.Good;
        }

        context.Out.WriteLine($"{job.Name} ({job.DefinedAt}){(job.Description is { } description ? $": {description}" : "")}");
        context.Out.WriteLine(JobJson.Write(job));
        using var reader = settings.Database.ReadIfUsed();
        if (JobSchedules.Of(job, reader?.DatabaseId() ?? "") is { } schedule)
            context.Out.WriteLine($"Runs {schedule}.");
        if (reader?.Holds().GetValueOrDefault(job.Name) is { } hold)
            context.Out.WriteLine($"It is {hold.Word} since {Words.Local(hold.Since)}; {hold.Remedy(job.Name)} lets it run.");
        if (reader?.Runs(10, jobName: job.Name) is { Count: > 0 } runs)
            RunListing.Of(runs, context.Now, context.Screen, reader.Devices().Count > 1, withUsage: true).Write(context);
        return ExitCode.Good;
    }
}
