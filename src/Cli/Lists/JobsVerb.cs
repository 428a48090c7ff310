using System.CommandLine;
using Aios.Control;
using Aios.Health;
using Aios.Jobs;
using Aios.Store.Jobs;
using Aios.Store.Runs;

namespace Aios.Cli;

/// <summary><c>aios jobs</c>: the job list, and what can be asked about it.</summary>
internal static class JobsVerb
{
    private static readonly Option<bool> Json = SharedOptions.Json();

    public static Command Create(CliContext context)
    {
        var command = new Verb(
            "jobs",
            "List the jobs, show one job or its next occurrences, check the list, print its schema",
            ("aios jobs", "List all jobs with their last run and next occurrence"),
            ("aios jobs show backup", "Show everything about the job backup")
        )
        {
            Json,
        };
        command.SetVerb(context, parsed => List(parsed, context));
        command.Subcommands.Add(ListCommand(context));
        command.Subcommands.Add(JobsShowVerb.Create(context));
        command.Subcommands.Add(NextVerb.Create(context));
        command.Subcommands.Add(JobsValidateVerb.Create(context));
        command.Subcommands.Add(SchemaCommand(context));
        return command;
    }

    /// <summary>The list of this home.</summary>
    /// <exception cref="CommandLineException">It has mistakes; each is named.</exception>
    public static JobList Load(Settings settings)
    {
        settings.RequireJobsFolder();
        return Right(JobListLoader.Load(settings.JobsFolder, settings.ProgramsFolder));
    }

    /// <summary>The list itself, if nothing is wrong with it.</summary>
    /// <exception cref="CommandLineException">It has mistakes; each is named.</exception>
    public static JobList Right(JobList list)
    {
        if (list.Errors.Length == 0)
            return list;
        throw new CommandLineException(
            $"the job list has mistakes:{string.Concat(list.Errors.Select(error => $"\n  {error.ToText("  ")}"))}"
        );
    }

    /// <summary>The job of that name.</summary>
    /// <exception cref="CommandLineException">There is none.</exception>
    public static Job Find(JobList list, string name)
    {
        if (list.Find(name) is { } job)
            return job;
        throw new CommandLineException($"no job named \"{name}\" in the list.{list.Hint(name)}");
    }

    private static Verb ListCommand(CliContext context)
    {
        var command = new Verb("list", "List the jobs (same as `aios jobs` alone)", ("aios jobs list --json", "List all jobs as JSON"))
        {
            Json,
        };
        command.SetVerb(context, parsed => List(parsed, context));
        return command;
    }

    private static Verb SchemaCommand(CliContext context)
    {
        var command = new Verb(
            "schema",
            "Print the JSON Schema of the job list, for editors and checkers",
            ("aios jobs schema > jobs.schema.json", "Write a schema for completion in an editor")
        );
        command.SetVerb(context, _ =>
        {
            context.Out.WriteLine(JobListSchema.Write());
            return ExitCode.Good;
        });
        return command;
    }

    private static int List(ParseResult parsed, CliContext context)
    {
        var settings = Settings.Of(parsed);
        var list = Load(settings);
        using var reader = settings.Database.ReadIfUsed();
        var latest = reader?.LatestRuns() ?? new Dictionary<string, RunSummary>();
        var holds = reader?.Holds() ?? new Dictionary<string, JobHold>();
        var health = reader is null ? null : new JobHealthView(reader, context.Now);
        var occurrences = new ComingOccurrences(reader, context.Now);
        if (parsed.GetValue(Json))
        {
            JsonOutput.Write(context.Out, json =>
                json.WriteArray(null, list.Jobs, (writer, job) =>
                    writer.WriteJob(
                        job,
                        holds.GetValueOrDefault(job.Name),
                        HealthOf(job),
                        latest.GetValueOrDefault(job.Name),
                        occurrences.Of(job).FirstOrDefault()?.At
                    )
                )
            );
            return ExitCode.Good;
        }

        var table = new TextTable(
            Column.Text("NAME"),
            "TYPE",
            Column.Text("TAGS"),
            Column.Spare("LAST RUN"),
            Column.Status(),
            Column.Text("NEXT", least: 31)
        );
        foreach (var job in list.Jobs)
        {
            var run = latest.GetValueOrDefault(job.Name);
            var hold = holds.GetValueOrDefault(job.Name);
            var next = occurrences.Of(job).FirstOrDefault();
            table.Add(
                job.Name,
                job.Schedule.Kind.Name,
                string.Join(",", job.Tags),
                run is null ? null : Words.Relative(run.Started, context.Now),
                StatusOf(job, hold, run, HealthOf(job)),
                next?.At is { } at ? $"{Words.Local(at)} ({Words.Relative(at, context.Now)})" : next?.InWords
            );
        }

        table.Write(
            context,
            $"there is no job in {settings.JobsFolder} yet. One is written so: - {{name: hello, type: interval, interval: 1h, command: "
                + $"[date]}}; `aios init FOLDER` makes more examples."
        );
        return ExitCode.Good;

        JobHealth HealthOf(Job job) => health?.Of(job) ?? JobHealth.Of(job, null, null, null, context.Now);
    }

    private static string? StatusOf(Job job, JobHold? hold, RunSummary? run, JobHealth health)
    {
        if (!job.Enabled)
            return "disabled";
        if (hold is null)
            return WithHealth(run?.Status, health);
        return run is { Ended: null } ? $"{hold.Word}, {run.Status}" : hold.Word;
    }

    // "failed" says already that it fails.
    private static string? WithHealth(string? status, JobHealth health) =>
        health switch
        {
            { Words: null } => status,
            { Condition: JobCondition.Failing } when status == RunStatus.Failed.Name() => status,
            _ => status is null ? health.Title : $"{health.Title}, {status}",
        };
}
