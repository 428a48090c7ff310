using System.CommandLine;
using Aios.Cli.Completion;
using Aios.Control;
using Aios.Control.Flows;
using Aios.Platform;
using Aios.Store;
using Aios.Store.Flows;

namespace Aios.Cli.Flows;

/// <summary><c>aios flow items</c>: the items of a step with <c>each</c>.</summary>
internal static class FlowItemsVerb
{
    private const int StandardLimit = 50;
    private const int AtOnce = 1000;

    private static readonly Argument<long> Id = FlowArguments.FlowId();
    private static readonly Argument<string> Step = new("step") { Description = "The name of the step", HelpName = "STEP" };
    private static readonly Choice<StepStatus> Status = new("--status", "Only items with this status", status => status.Name(), "STATUS");
    private static readonly RowLimit Limit = new(StandardLimit);
    private static readonly Option<bool> Json = SharedOptions.Json();

    public static Command Create(CliContext context)
    {
        var command = new Verb(
            "items",
            "List the items of a step with `each`",
            ("aios flow items 12 load --status failed", "List the items of the step load of flow 12 that have failed")
        )
        {
            Id,
            Step,
            Status.Option,
            Limit.Option,
            Json,
        };
        command.SetVerb(context, parsed => List(parsed, context));
        return command;
    }

    private static int List(ParseResult parsed, CliContext context)
    {
        var (id, name) = (parsed.GetValue(Id), parsed.GetValue(Step)!);
        using var reader = Settings.OfHome(parsed).Database.Read();
        if (reader is null || FlowView.Of(reader, id) is not { } flow)
            throw new CommandLineException(FlowOrders.Missing(id).Words);
        var names = flow.Steps.Select(known => known.Name).ToList();
        if (!names.Contains(name))
            throw new CommandLineException($"Flow {id} has no step \"{name}\".{NearestName.Hint(name, names)}");
        if (flow.Steps.First(known => known.Name == name).Detail.Count is null)
            throw new CommandLineException($"Step {name} of flow {id} has no items: it has not begun, or has no `each`.");
        var status = Status.In(parsed);
        var items = Items(reader, id, name, status, Limit.In(parsed));
        if (parsed.GetValue(Json))
        {
            JsonOutput.Write(context.Out, json => json.WriteArray(null, items, (writer, item) => writer.WriteItem(item)));
            return ExitCode.Good;
        }

        Table(items, context.Now)
            .Write(
                context,
                status is null ? $"no item of step {name} has begun." : $"step {name} has no items with the status {status.Value.Name()}."
            );
        return ExitCode.Good;
    }

    private static TextTable Table(IEnumerable<StepSummary> items, DateTimeOffset now)
    {
        var table = new TextTable(
            "ITEM",
            Column.Status(),
            "STARTED",
            Column.Spare("TOOK"),
            Column.Spare("TRIES"),
            "RUN",
            Column.Text("REASON", 30)
        );
        foreach (var item in items)
            table.Add(
                $"{item.Step.Item}",
                item.Step.Status.Name(),
                Words.Short(item.Step.Started, now),
                Words.Span((item.Step.Ended ?? now) - item.Step.Started),
                $"{item.Attempts}",
                item.RunId is { } run ? $"{run}" : null,
                item.Step.Reason ?? (item.Step.IsOver ? null : item.TriggerReason)
            );
        return table;
    }

    private static IEnumerable<StepSummary> Items(IStoreReader reader, long flow, string step, StepStatus? status, int limit)
    {
        for (var from = 0; limit > 0; )
        {
            var asked = Math.Min(limit, AtOnce);
            var items = reader.FlowItems(flow, step, status, from, asked);
            foreach (var item in items)
                yield return item;
            if (items.Count < asked)
                yield break;
            limit -= asked;
            from = items[^1].Step.Item + 1;
        }
    }
}
