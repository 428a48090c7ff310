using System.CommandLine;
using Aios.Control.Flows;
using Aios.Platform;

namespace Aios.Cli.Flows;

/// <summary><c>aios flow show</c>: a flow and its steps.</summary>
internal static class FlowShowVerb
{
    private const int LeastReason = 30;
    private static readonly Argument<long> Id = FlowArguments.FlowId();
    private static readonly Option<bool> Json = SharedOptions.Json();

    public static Command Create(CliContext context)
    {
        var command = new Verb(
            "show",
            "Show a flow and its steps in their order",
            ("aios flow show 12", "Show the status, time and reason of each step of flow 12")
        )
        {
            Id,
            Json,
        };
        command.SetVerb(context, parsed => Show(parsed, context));
        return command;
    }

    private static int Show(ParseResult parsed, CliContext context)
    {
        var id = parsed.GetValue(Id);
        using var reader = Settings.OfHome(parsed).Database.Read();
        if (reader is null || FlowView.Of(reader, id) is not { } flow)
            throw new CommandLineException(FlowOrders.Missing(id).Words);
        if (parsed.GetValue(Json))
        {
            JsonOutput.Write(context.Out, json => json.WriteFlow(flow));
            return ExitCode.Good;
        }

        context.Out.WriteLine(Headline(flow, context.Now));
        Steps(flow, context.Now).Write(context);
        foreach (var line in Foot(flow))
            context.Out.WriteLine(TerminalText.OneLine(line));
        return ExitCode.Good;
    }

    private static string Headline(FlowView flow, DateTimeOffset now)
    {
        var summary = flow.Summary;
        var attempt = summary.Attempt > 1 ? $", attempt {summary.Attempt}" : "";
        var parent = summary.ParentId is { } above ? $", a step of flow {above}" : "";
        var took = Words.Span((summary.Ended ?? now) - summary.Started);
        return $"Flow {summary.Id} of job \"{summary.JobName}\": {summary.Status}{attempt}{parent}, "
            + $"started {Words.Local(summary.Started)}, {(summary.Ended is null ? "since" : "took")} {took}.";
    }

    private static TextTable Steps(FlowView flow, DateTimeOffset now)
    {
        var table = new TextTable(
            Column.Text("STEP"),
            Column.Status(),
            Column.Spare("STARTED"),
            "TOOK",
            Column.Spare("TRIES"),
            Column.Text("REASON", LeastReason)
        );
        foreach (var step in flow.Steps)
        {
            foreach (var tried in step.Detail.Tried)
                table.Add($"  {tried.Rung} after", null, Words.Short(Store.UnixTime.ToInstant(tried.At), now), null, null, tried.Reason);
            table.Add(Row(step, now));
        }

        return table;
    }

    private static string?[] Row(StepView step, DateTimeOffset now)
    {
        var row = step.Row?.Step;
        // What was skipped or blocked took no time.
        var hasRun = row is not null && step.Attempts > 0;
        return
        [
            step.Name,
            step.Status,
            hasRun ? Words.Short(row!.Started, now) : null,
            hasRun ? Words.Span((row!.Ended ?? now) - row.Started) : null,
            hasRun ? $"{step.Attempts}" : null,
            Reason(step),
        ];
    }

    private static string? Reason(StepView step)
    {
        var words = step.Row is null
            ? step.Needs.IsEmpty
                ? null
                : $"after {string.Join(", ", step.Needs)}"
            : step.Row.Step.Reason ?? (step.Row.Step.IsOver ? null : step.Row.TriggerReason);
        return string.Join("; ", ((string?[])[step.ItemsInWords, words]).Where(part => !string.IsNullOrEmpty(part)));
    }

    private static IEnumerable<string> Foot(FlowView flow)
    {
        if (flow.Summary.Reason is { } reason)
            yield return $"Reason: {reason}";
        foreach (var remedy in flow.Open().Select(open => open.Remedy).OfType<string>())
            yield return $"Next: {remedy}.";
        if (flow.Details.ResultJson is { } result)
            yield return $"Result: {result}";
        foreach (var step in flow.Steps)
        {
            if (step.Row?.Step.ResultFile is { } ofStep)
                yield return $"Result of step {step.Name}: {Words.OfFile(ofStep)}";
        }

        if (flow.Details.ResultFile is { } file)
            yield return $"Result: {Words.OfFile(file)}";
        if (flow.IsOver && flow.Summary.Status != "succeeded")
            yield return $"`aios flow retry {flow.Summary.Id}` begins again what has not succeeded.";
    }
}
