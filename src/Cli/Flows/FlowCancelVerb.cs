using System.CommandLine;
using Aios.Control;
using Aios.Control.Flows;

namespace Aios.Cli.Flows;

/// <summary><c>aios flow cancel</c>: ends flows; steps that clean up still run.</summary>
internal static class FlowCancelVerb
{
    private static readonly Argument<long[]> Ids = FlowArguments.FlowIds();
    private static readonly Option<bool> Json = SharedOptions.Json();

    public static Command Create(CliContext context)
    {
        var command = new Verb(
            "cancel",
            "End flows: their running steps are ended, and only steps with `always` still run",
            ("aios flow cancel 12", "End flow 12"),
            ("aios flow cancel 12 13", "End two flows")
        )
        {
            Ids,
            Json,
        };
        command.SetVerb(context, parsed => Cancel(parsed, context));
        return command;
    }

    private static int Cancel(ParseResult parsed, CliContext context)
    {
        var canceled = new List<long>();
        var refusals = new List<Refusal>();
        using var connection = Settings.OfHome(parsed).Database.Connect();
        foreach (var id in parsed.GetValue(Ids)!.Distinct())
        {
            if (connection.Write(queue => queue.CancelFlow(id, CliActor.Here, context.Now)) is { } refusal)
                refusals.Add(refusal);
            else
                canceled.Add(id);
        }

        if (canceled.Count > 0 || parsed.GetValue(Json))
            JsonOutput.Tell(context, parsed.GetValue(Json), $"Asked to end: flow {string.Join(", ", canceled)}.", json =>
                json.WriteArray("canceled", canceled, (writer, id) => writer.WriteNumberValue(id))
            );
        foreach (var refusal in refusals)
            context.Say(refusal.Words);
        return refusals.Count == 0 ? ExitCode.Good
            : refusals.Exists(refusal => refusal.Kind == RefusalKind.Conflict) ? ExitCode.Failed
            : ExitCode.Misused;
    }
}
