using System.CommandLine;
using Aios.Jobs;
using Aios.Queue;

namespace Aios.Cli;

/// <summary><c>aios jobs show</c>: one job, whole.</summary>
internal static class JobsShowVerb
{
    private static readonly Argument<string> Name = new("job") { Description = "The job's name", HelpName = "NAME" };
    private static readonly Option<bool> Json = SharedOptions.Json();

    public static Command Create(CliContext context)
    {
        var command = new Command("show", "Show a job's definition and its latest runs") { Name, Json };
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
            return ExitStatus.Good;
        }

        context.Out.WriteLine($"{job.Name} ({job.DefinedAt}){(job.Description is { } description ? $": {description}" : "")}");
        context.Out.WriteLine(JobJson.Write(job));
        using var reader = QueueReader.Open(settings.DatabasePath);
        if (JobSchedules.Of(job, reader?.DatabaseId() ?? "") is { } schedule) context.Out.WriteLine($"Runs {schedule}.");
        if (reader?.Holds().GetValueOrDefault(job.Name) is { } hold) context.Out.WriteLine($"It is {hold.Word} since {Words.Local(hold.Since)}; `aios resume {job.Name}` lets it run.");
        if (reader?.Runs(10, jobName: job.Name) is { Count: > 0 } runs) RunTable(runs, context, reader.Devices().Count > 1, withUsage: true).Write(context.Out);
        return ExitStatus.Good;
    }

    /// <summary>Runs, a row each; where there is only one device, its name would say nothing, nor would an empty progress.</summary>
    public static TextTable RunTable(IReadOnlyList<RunSummary> runs, CliContext context, bool withDevice, bool withUsage = false)
    {
        string[] device = withDevice ? ["DEVICE"] : [];
        var withProgress = runs.Any(run => run.Progress is not null);
        string[] usage = withUsage ? ["CPU", "MEMORY", "OUTPUT"] : [];
        string[] progress = withProgress ? ["PROGRESS"] : [];
        var table = new TextTable(["RUN", "JOB", .. device, "STATUS", .. progress, "STARTED", "TOOK", .. usage, "ATTEMPT", "REASON"]);
        foreach (var run in runs)
        {
            if (withDevice) device = [run.Device];
            if (withProgress) progress = [Words.Progress(run.Progress, run.ProgressText)];
            if (withUsage) usage = [run.CpuSeconds is { } seconds ? Words.Span(TimeSpan.FromSeconds(seconds)) : "", Words.Bytes(run.PeakMemory), Words.Bytes(run.OutputBytes)];
            table.Add([
                $"{run.Id}",
                run.JobName,
                .. device,
                run.Status,
                .. progress,
                Words.Local(run.Started),
                Words.Span((run.Ended ?? context.Now) - run.Started),
                .. usage,
                $"{run.Attempt}",
                run.Reason,
            ]);
        }

        return table;
    }
}
