using System.CommandLine;
using Aios.Cli.Confirm;
using Aios.Control;
using Aios.Control.Confirm;
using Aios.Control.Flows;
using Aios.Store;

namespace Aios.Cli.Flows;

/// <summary><c>aios flow cancel</c>: ends flows; steps that clean up still run.</summary>
internal static class FlowCancelVerb
{
    // One order is one transaction, which others wait for.
    private const int MostAtOnce = 10_000;

    private static readonly Argument<long[]> Ids = FlowArguments.FlowIds();
    private static readonly Option<string?> Job = JobName.Option("All flows of this job that are not over");
    private static readonly Option<bool> All = new("--all") { Description = "All flows that are not over" };
    private static readonly Option<bool> Json = SharedOptions.Json();
    private static readonly ConfirmOptions Confirm = new();

    public static Command Create(CliContext context)
    {
        var command = new Verb(
            "cancel",
            "End flows: their running steps are ended, and only steps with `always` still run",
            ("aios flow cancel 12", "End flow 12"),
            ("aios flow cancel 12 13", "End two flows, after you have typed \"2 flows\""),
            ("aios flow cancel --job nightly --yes", "End all flows of the job nightly without being asked")
        )
        {
            Ids,
            Job,
            All,
            Json,
        };
        Confirm.AddTo(command);
        command.SetVerb(context, parsed => Cancel(parsed, context));
        return command;
    }

    private static int Cancel(ParseResult parsed, CliContext context)
    {
        var settings = Settings.OfHome(parsed);
        var ids = Chosen(parsed, settings);
        if (ids.Count == 0)
            return NothingToDo(parsed, context);
        var confirmed =
            ids.Count > 1
                ? new Confirmer(parsed, Confirm, settings, context).Ask(
                    RiskyKinds.CancelMany,
                    () => RiskyOperation.CancelMany(ids),
                    $"aios flow cancel {string.Join(' ', ids)}"
                )
                : null;
        using var connection = settings.Database.Connect();
        var (canceled, refused) = connection.Write(queue =>
            queue.UseConfirmation(confirmed, CliActor.Here, context.Now) is { } refusal
                ? ([], [(0, refusal)])
                : queue.CancelFlows(ids, CliActor.Here, context.Now)
        );
        return Tell(parsed, context, canceled, refused);
    }

    private static List<long> Chosen(ParseResult parsed, Settings settings)
    {
        var (ids, job, all) = (parsed.GetValue(Ids) ?? [], parsed.GetValue(Job), parsed.GetValue(All));
        if ((ids.Length > 0 ? 1 : 0) + (job is null ? 0 : 1) + (all ? 1 : 0) != 1)
            throw new CommandLineException("expected the numbers of flows, or --job JOB, or --all. `aios flow list` lists the flows.");
        if (ids.Length > 0)
            return [.. ids.Distinct()];
        using var reader = settings.Database.Read();
        return [.. reader?.OpenFlows(job, MostAtOnce) ?? []];
    }

    private static int NothingToDo(ParseResult parsed, CliContext context)
    {
        JsonOutput.Tell(context, parsed.GetValue(Json), null, json => json.WriteArray("canceled", (long[])[], (_, _) => { }));
        context.Say("no flow runs or waits, so none was canceled.");
        return ExitCode.Good;
    }

    private static int Tell(
        ParseResult parsed,
        CliContext context,
        IReadOnlyList<long> canceled,
        IReadOnlyList<(long Id, Refusal Why)> refused
    )
    {
        if (canceled.Count > 0 || parsed.GetValue(Json))
            JsonOutput.Tell(context, parsed.GetValue(Json), $"Asked to end: flow {string.Join(", ", canceled)}.", json =>
                json.WriteArray("canceled", canceled, (writer, id) => writer.WriteNumberValue(id))
            );
        foreach (var (_, why) in refused)
            context.Say(why.Words);
        if (canceled.Count == MostAtOnce)
            context.Say($"one command ends {MostAtOnce} flows at most; repeat it for the others.");
        return refused.Count == 0 ? ExitCode.Good
            : refused.Any(one => one.Why.Kind == RefusalKind.Conflict) ? ExitCode.Failed
            : ExitCode.Misused;
    }
}
