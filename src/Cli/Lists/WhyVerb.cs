using System.CommandLine;
using Aios.Cli.Completion;
using Aios.Cli.Help;
using Aios.Control;
using Aios.Health;
using Aios.Jobs;
using Aios.Platform;
using Aios.Store;
using Aios.Store.Runs;
using Aios.Store.Triggers;

namespace Aios.Cli;

/// <summary><c>aios why</c>: why a job does or does not run now, and what would change that.</summary>
internal static class WhyVerb
{
    private static readonly Argument<string> Name = new Argument<string>("target")
    {
        Description = "The job's name, or the number of a flow",
        HelpName = "JOB|FLOW",
    }.WithJobs();
    private static readonly Argument<string?> Number = new("number")
    {
        Description = "After `call`: the number of a call to a language model",
        HelpName = "NUMBER",
        Arity = ArgumentArity.ZeroOrOne,
    };
    private static readonly Option<bool> Json = SharedOptions.Json();

    public static Command Create(CliContext context)
    {
        var command = new Verb(
            "why",
            "Show why a job is or is not running or what a flow waits for, and what would change that",
            ("aios why backup", "Show why the job backup is not running"),
            ("aios why 12", "Show what flow 12 waits for"),
            ("aios why call 7", "Show why call 7 to a language model was answered by which model")
        )
        {
            Name,
            Number,
            Json,
        };
        command.SetVerb(context, parsed => Say(parsed, context));
        return command;
    }

    private static int Say(ParseResult parsed, CliContext context)
    {
        var settings = Settings.Of(parsed);
        if (parsed.GetValue(Number) is { } number)
            return SayOfCall(parsed, number, settings, context);
        settings.RequireJobsFolder();
        var list = JobListLoader.Load(settings.JobsFolder, settings.ProgramsFolder);
        using var reader = settings.Database.ReadIfUsed();
        if (list.Find(parsed.GetValue(Name)!) is null && Flows.FlowWhy.Find(parsed.GetValue(Name)!, reader) is { } flow)
            return Flows.FlowWhy.Tell(flow, parsed.GetValue(Json), context);
        var job = Find(parsed.GetValue(Name)!, list, reader);
        var facts = JobFacts.Of(reader, job.Name, context.Now);
        var health = facts.HealthOf(job, context.Now);
        var why = JobWhy.Of(job, facts, new ComingOccurrences(reader, context.Now));
        var last = reader?.Runs(2, jobName: job.Name).FirstOrDefault(run => run.Ended is not null);
        var skipped = Skipped(job, last, reader);
        if (parsed.GetValue(Json))
            JsonOutput.Write(context.Out, json => Write(json, job, why, health, last, skipped));
        else
            Tell(job, list, why, health, last, skipped, context);
        return ExitCode.Good;
    }

    private static int SayOfCall(ParseResult parsed, string number, Settings settings, CliContext context)
    {
        if (parsed.GetValue(Name) != "call")
            throw new CommandLineException(
                $"found \"{parsed.GetValue(Name)} {number}\", expected one job or flow, or `aios why call {number}`."
            );
        using var reader = settings.Database.ReadIfUsed();
        return Models.CallWhy.Tell(number, reader, parsed.GetValue(Json), context);
    }

    private static Job Find(string name, JobList list, IStoreReader? reader)
    {
        if (list.Find(name) is { } job)
            return job;
        if (list.Errors.Length > 0)
            throw new CommandLineException(
                $"the list has mistakes and no valid job named "
                    + $"\"{name}\":{string.Concat(list.Errors.Select(error => $"\n  {error.ToText("  ")}"))}\n{list.Hint(name).TrimStart()}"
            );
        throw new CommandLineException(
            reader?.KnowsJob(name) == true
                ? $"job \"{name}\" is not in the list of this home: it ran once, or is in the list of another device. `aios runs {name}` "
                    + $"shows its runs.{list.Hint(name)}"
                : $"no job named \"{name}\" in the list.{list.Hint(name)}"
        );
    }

    // An occurrence that was passed over since its last run.
    private static TriggerSummary? Skipped(Job job, RunSummary? last, IStoreReader? reader) =>
        JobSchedules.Of(job, "") is not null
        && reader
            ?.TriggerPage(
                new RowFilter
                {
                    JobName = job.Name,
                    Status = RunStatus.Skipped,
                    Since = last?.Started,
                },
                null,
                1
            )
            .Items
            is [var trigger, ..]
            ? trigger
            : null;

    private static void Tell(
        Job job,
        JobList list,
        JobWhy why,
        JobHealth health,
        RunSummary? last,
        TriggerSummary? skipped,
        CliContext context
    )
    {
        Flow(context, "", $"Job \"{job.Name}\" {Headline(why)}");
        if (health.Predicate is { } predicate)
            Flow(context, "", $"It is not well: it {predicate}.");
        foreach (var because in why.Because)
            Flow(context, "  - ", $"{because}.");
        if (why.Changes.Count > 0)
            context.Out.WriteLine("What would change that:");
        foreach (var change in why.Changes)
            Flow(context, "  - ", $"{change}.");
        if (why.Next is { } next)
            Flow(
                context,
                "",
                $"Next: {(next.At is { } at ? $"{Words.LocalWithOffset(at)} ({Words.Relative(at, context.Now)})" : next.InWords)}, "
                    + $"{JobSchedules.Of(job, "")}."
            );
        if (skipped is not null)
            Flow(
                context,
                "",
                $"Skipped: trigger {skipped.Id}{(skipped.Created is { } created ? $", {Words.Relative(created, context.Now)}" : "")}: "
                    + $"{skipped.Reason}"
            );
        if (last is not null)
            Flow(
                context,
                "",
                $"Last: run {last.Id} {last.Status} "
                    + $"{Words.Relative(last.Ended!.Value, context.Now)}{(last.Reason is { } reason ? $": {reason}" : "")}."
            );
        if (list.Errors.Length > 0)
            Flow(context, "", $"The job list has mistakes, so the last valid one is in force: {list.Errors[0]}");
    }

    private static string Headline(JobWhy why) =>
        why.State switch
        {
            "running" => "is running:",
            "waiting" => "is not running: it waits.",
            "hindered" => "is not running and cannot run:",
            "unasked" => "is not running:",
            _ => "is not running now:",
        };

    internal static void Flow(CliContext context, string first, string text)
    {
        var margin = first;
        foreach (var line in TextFlow.Lines(TerminalText.OneLine(text), (context.Screen.Columns ?? int.MaxValue) - first.Length))
        {
            context.Out.WriteLine($"{margin}{line}");
            margin = new string(' ', first.Length);
        }
    }

    private static void Write(
        System.Text.Json.Utf8JsonWriter json,
        Job job,
        JobWhy why,
        JobHealth health,
        RunSummary? last,
        TriggerSummary? skipped
    )
    {
        json.WriteStartObject();
        json.WriteString("job_name", job.Name);
        json.WriteString("state", why.State);
        json.WriteHealth(health);
        json.WriteArray("because", why.Because, (writer, words) => writer.WriteStringValue(words));
        json.WriteArray("changes", why.Changes, (writer, words) => writer.WriteStringValue(words));
        json.WriteArray("running", why.Running, (writer, run) => writer.WriteNumberValue(run.Id));
        json.WriteInstant("next", why.Next?.At);
        json.WritePropertyName("skipped");
        if (skipped is not null)
            json.WriteTrigger(skipped);
        else
            json.WriteNullValue();
        json.WritePropertyName("last_run");
        if (last is not null)
            json.WriteRun(last, withResult: false);
        else
            json.WriteNullValue();
        json.WriteEndObject();
    }
}
