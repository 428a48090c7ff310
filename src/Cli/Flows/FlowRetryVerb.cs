using System.CommandLine;
using Aios.Control.Flows;

namespace Aios.Cli.Flows;

/// <summary><c>aios flow retry</c>: begins a flow that is over again.</summary>
internal static class FlowRetryVerb
{
    private static readonly Argument<long> Id = FlowArguments.FlowId();
    private static readonly Option<string?> From = new("--from")
    {
        Description = "Also begin this step again, and all that come after it (default: what has not succeeded)",
        HelpName = "STEP",
    };
    private static readonly Option<bool> Json = SharedOptions.Json();

    public static Command Create(CliContext context)
    {
        var command = new Verb(
            "retry",
            "Begin a flow that is over again; steps that have succeeded stay",
            ("aios flow retry 12", "Begin again what has not succeeded"),
            ("aios flow retry 12 --from send", "Begin again from the step send on")
        )
        {
            Id,
            From,
            Json,
        };
        command.SetVerb(context, parsed => Retry(parsed, context));
        return command;
    }

    private static int Retry(ParseResult parsed, CliContext context)
    {
        var (id, from) = (parsed.GetValue(Id), parsed.GetValue(From));
        using var connection = Settings.OfHome(parsed).Database.Connect();
        Refusals.ThrowIf(connection.Write(queue => queue.RetryFlow(id, from, CliActor.Here, context.Now)));
        JsonOutput.Tell(
            context,
            parsed.GetValue(Json),
            $"Flow {id} begins again{(from is null ? "" : $" from step \"{from}\"")}. `aios flow show {id}` shows how far it is.",
            json =>
            {
                json.WriteNumber("flow_id", id);
                json.WriteString("from", from);
            }
        );
        return ExitCode.Good;
    }
}
