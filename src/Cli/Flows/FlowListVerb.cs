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
    private static readonly string[] Statuses = [.. Enum.GetValues<RunStatus>().Select(status => status.Name())];

    private static readonly Argument<string?> Job = JobName.Optional("Only flows of this job");
    private static readonly Option<string?> Status = new Option<string?>("--status")
    {
        Description = $"Only flows with this status: {string.Join(", ", Statuses)}",
        HelpName = "STATUS",
    }.With(Statuses);
    private static readonly Option<int?> Limit = WholeNumber.Option(
        "--limit",
        $"Maximum number of rows (default: {StandardLimit}; 0: all)",
        "-n"
    );
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
            Status,
            Limit,
            Json,
        };
        command.SetVerb(context, parsed => List(parsed, context));
        return command;
    }

    private static int List(ParseResult parsed, CliContext context)
    {
        using var reader = Settings.OfHome(parsed).Database.Read();
        var filter = new RowFilter
        {
            JobName = parsed.GetValue(Job),
            Status = parsed.GetValue(Status) is { } status ? StatusOf(status) : null,
        };
        var limit = parsed.GetValue(Limit) ?? StandardLimit;
        if (limit < 0)
            throw new CommandLineException($"--limit: found {limit}, expected 0 or more.");
        var flows = Flows(reader, filter, limit == 0 ? int.MaxValue : limit);
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

    private static RunStatus StatusOf(string text)
    {
        var name = text.ToLowerInvariant();
        return Array.IndexOf(Statuses, name) is >= 0 and var place
            ? Enum.GetValues<RunStatus>()[place]
            : throw new CommandLineException(
                $"--status: found \"{text}\", expected one of: {string.Join(", ", Statuses)}.{NearestName.Hint(text, Statuses)}"
            );
    }
}
