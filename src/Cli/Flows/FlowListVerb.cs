using System.CommandLine;
using Aios.Cli.Completion;
using Aios.Control;
using Aios.Control.Flows;
using Aios.Platform;
using Aios.Store;
using Aios.Store.Flows;
using Aios.Store.Runs;

namespace Aios.Cli.Flows;

/// <summary><c>aios flow list</c>: the latest flows.</summary>
internal static class FlowListVerb
{
    private const int StandardLimit = 20;
    private const int AtOnce = 1000;

    private static readonly Argument<string?> Job = JobName.Optional("Only flows of this job");
    private static readonly Choice<RunStatus> Status = new("--status", "Only flows with this status", status => status.Name(), "STATUS");
    private static readonly RowLimit Limit = new(StandardLimit);
    private static readonly Option<bool> Json = SharedOptions.Json();

    public static Command Create(CliContext context)
    {
        var command = new Verb(
            "list",
            "List flows, newest first",
            ("aios flow list --status waiting", "List the flows that wait for something"),
            ("aios flow list nightly --limit 5", "List the latest five flows of the job nightly")
        )
        {
            Job,
            Status.Option,
            Limit.Option,
            Json,
        };
        command.SetVerb(context, parsed => List(parsed, context));
        return command;
    }

    private static int List(ParseResult parsed, CliContext context)
    {
        using var reader = Settings.OfHome(parsed).Database.Read();
        var filter = new RowFilter { JobName = parsed.GetValue(Job), Status = Status.In(parsed) };
        var flows = Flows(reader, filter, Limit.In(parsed));
        if (parsed.GetValue(Json))
        {
            JsonOutput.Write(context.Out, json => json.WriteArray(null, flows, (writer, flow) => writer.WriteFlow(flow)));
            return ExitCode.Good;
        }

        var table = new TextTable(
            "FLOW",
            Column.Text("JOB"),
            Column.Status(),
            "STARTED",
            Column.Spare("TOOK"),
            Column.Spare("ATTEMPT"),
            Column.Text("REASON", 30)
        );
        foreach (var flow in flows)
            table.Add(
                $"{flow.Id}",
                flow.JobName,
                flow.Status,
                Words.Short(flow.Started, context.Now),
                Words.Span((flow.Ended ?? context.Now) - flow.Started),
                $"{flow.Attempt}",
                flow.Reason ?? flow.WaitsFor
            );
        table.Write(context, "no flow fits. `aios trigger JOB` starts a job with steps.");
        return ExitCode.Good;
    }

    private static IEnumerable<FlowSummary> Flows(IStoreReader? reader, RowFilter filter, int limit)
    {
        long? before = null;
        do
        {
            if (reader?.FlowPage(filter, before, Math.Min(limit, AtOnce)) is not { } page)
                yield break;
            foreach (var flow in page.Items)
                yield return flow;
            limit -= page.Items.Count;
            before = page.Next;
        } while (before is not null && limit > 0);
    }
}
