using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json;
using Aios.Control;
using Aios.Daemon.Claiming;
using Aios.Flows;
using Aios.Jobs;
using Aios.Jobs.Works;
using Aios.Platform;

namespace Aios.Cli.Flows;

/// <summary><c>aios flow test</c>: what a flow would do, without doing it.</summary>
internal static class FlowTestVerb
{
    private static readonly Argument<string> Name = JobName.Argument();
    private static readonly Option<string?> Args = new("--args") { Description = "Positional arguments, a JSON array", HelpName = "JSON" };
    private static readonly Option<string?> Kwargs = new("--kwargs") { Description = "Named arguments, a JSON object", HelpName = "JSON" };
    private static readonly Option<string[]> Results = new("--result")
    {
        Description = "The result that a step shall have had; may be given several times",
        HelpName = "STEP=JSON",
    };
    private static readonly Option<bool> Json = SharedOptions.Json();

    public static Command Create(CliContext context)
    {
        var command = new Verb(
            "test",
            "Show what a flow would do, step by step, without running anything",
            ("aios flow test nightly --kwargs '{\"day\": \"monday\"}'", "Show the order, the conditions and the arguments"),
            ("aios flow test nightly --result 'check={\"rows\": 7}'", "Go on as if the step check had had this result")
        )
        {
            Name,
            Args,
            Kwargs,
            Results,
            Json,
        };
        command.SetVerb(context, parsed => Test(parsed, context));
        return command;
    }

    private static int Test(ParseResult parsed, CliContext context)
    {
        var job = Find(parsed, out var flow);
        if (
            !Arguments.TryMerge(
                job,
                KeywordArguments.CheckArray(parsed.GetValue(Args)),
                KeywordArguments.Merge(parsed.GetValue(Kwargs), []),
                out var merged,
                out var defect
            )
        )
            throw new CommandLineException(defect!);
        var steps = new FlowDryRun(job, merged.Args, merged.Kwargs, ResultsOf(parsed, flow.Graph), context.Now).Run();
        if (parsed.GetValue(Json))
            JsonOutput.Write(context.Out, json => Write(json, job, steps));
        else
            foreach (var line in steps.SelectMany(Lines))
                context.Out.WriteLine(TerminalText.OneLine(line));
        return steps.Any(step => step.Outcome is DryOutcome.Fails) ? ExitCode.Failed : ExitCode.Good;
    }

    private static Job Find(ParseResult parsed, out FlowWork flow)
    {
        var settings = Settings.OfHome(parsed);
        settings.RequireJobsFolder();
        var name = parsed.GetValue(Name)!;
        var list = JobListLoader.Load(settings.JobsFolder, settings.ProgramsFolder);
        if (list.Find(name) is not { } job)
            throw new CommandLineException(
                list.Errors.Length > 0
                    ? $"no valid job named \"{name}\"; `aios jobs validate` shows the mistakes in the list: {list.Errors[0]}"
                    : $"no job named \"{name}\" in the list.{list.Hint(name)}"
            );
        flow = job.Work as FlowWork ?? throw new CommandLineException($"job \"{name}\" has no steps, so there is nothing to test.");
        return job;
    }

    private static Dictionary<string, string> ResultsOf(ParseResult parsed, FlowGraph graph)
    {
        var results = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in parsed.GetValue(Results) ?? [])
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
                throw new CommandLineException($"--result: found \"{pair}\", expected STEP=JSON, such as check='{{\"rows\": 7}}'.");
            var step = pair[..equals];
            if (graph.Find(step) is null)
                throw new CommandLineException(
                    $"--result: the flow has no step named \"{step}\".{NearestName.Hint(step, graph.Steps.Select(known => known.Name))}"
                );
            results[step] = KeywordArguments.ToJson(pair[(equals + 1)..]);
        }

        return results;
    }

    private static IEnumerable<string> Lines(DryStep step)
    {
        var after = step.Needs.IsEmpty ? "" : $", after {string.Join(", ", step.Needs)}";
        yield return $"{step.Name} ({step.Kind}{after}): {Outcome(step)}";
        if (step.When is not null)
            yield return $"  when: {step.When}"
                + (
                    step.WhenNeeds.IsEmpty
                        ? step.Outcome == DryOutcome.Skipped
                            ? " is false"
                            : step.Outcome == DryOutcome.Fails
                                ? ""
                                : " is true"
                        : $" {Missing(step.WhenNeeds)}"
                );
        if (step.Items is { } items)
            yield return $"  each: {Words.Count(items, "item")}{(items > 0 ? "; the first:" : "")}";
        else if (!step.ItemsNeed.IsEmpty)
            yield return $"  each: {Missing(step.ItemsNeed)}";
        foreach (var field in step.Does)
            yield return $"  {field.Name}: {field.Json ?? Missing(field.Needs)}";
    }

    private static string Outcome(DryStep step) =>
        step.Outcome switch
        {
            DryOutcome.Runs => "runs",
            DryOutcome.Unknown => "may run",
            DryOutcome.Skipped => "is skipped",
            DryOutcome.Blocked => $"does not run: {step.Problem}",
            _ => $"fails: {step.Problem}",
        };

    private static string Missing(ImmutableArray<string> steps) =>
        steps is ["item"]
            ? "cannot be known without an item"
            : $"cannot be known without {string.Join(" and ", steps.Select(step => $"--result {step}=JSON"))}";

    private static void Write(Utf8JsonWriter json, Job job, ImmutableArray<DryStep> steps)
    {
        json.WriteStartObject();
        json.WriteString("job_name", job.Name);
        json.WriteArray("steps", steps, WriteStep);
        json.WriteEndObject();
    }

    private static void WriteStep(Utf8JsonWriter json, DryStep step)
    {
        json.WriteStartObject();
        json.WriteString("name", step.Name);
        json.WriteString("kind", step.Kind);
        json.WriteArray("needs", step.Needs, WriteName);
        json.WriteString("outcome", step.Outcome.ToString().ToLowerInvariant());
        json.WriteText("problem", step.Problem);
        json.WriteText("when", step.When);
        json.WriteNumberOrNull("items", step.Items);
        json.WriteArray(
            "unknown",
            step.WhenNeeds.Concat(step.ItemsNeed).Concat(step.Does.SelectMany(field => field.Needs)).Distinct(),
            WriteName
        );
        json.WriteStartObject("does");
        foreach (var field in step.Does.Where(field => field.Json is not null))
            json.WriteAny(field.Name, field.Json);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteName(Utf8JsonWriter json, string name) => json.WriteStringValue(name);
}
