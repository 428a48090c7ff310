using System.CommandLine;
using System.Globalization;
using Aios.Control;
using Aios.Control.Flows;
using Aios.Daemon.Presence;

namespace Aios.Cli.Flows;

/// <summary><c>aios signal</c>: what steps wait for has happened.</summary>
internal static class SignalVerb
{
    private static readonly Argument<string> Name = new("name") { Description = "The name for which steps wait", HelpName = "NAME" };
    private static readonly Option<string?> Flow = new("--flow")
    {
        Description = "Only for this flow (default: all flows that have started)",
        HelpName = "ID",
    };
    private static readonly Option<string?> Data = new("--data")
    {
        Description = "The result of the steps that wait: JSON; anything else is passed as text",
        HelpName = "JSON",
    };
    private static readonly Option<bool> Json = SharedOptions.Json();

    public static Command Create(CliContext context)
    {
        var command = new Verb(
            "signal",
            "Send a signal to the flows that wait for it",
            ("aios signal paid", "Let all flows continue that wait for the signal paid"),
            ("aios signal paid --flow 12 --data '{\"amount\": 7}'", "Only flow 12, with a result for its step")
        )
        {
            Name,
            Flow,
            Data,
            Json,
        };
        command.SetVerb(context, parsed => Send(parsed, context));
        return command;
    }

    private static int Send(ParseResult parsed, CliContext context)
    {
        var name = parsed.GetValue(Name)!;
        var flow = FlowOf(parsed.GetValue(Flow));
        var data = parsed.GetValue(Data) is { } given ? DaemonSecrets.MaskJson(KeywordArguments.ToJson(given)) : "null";
        using var connection = Settings.OfHome(parsed).Database.Connect();
        var (refusal, sent) = connection.Write(queue =>
            (queue.SendSignal(name, flow, data, CliActor.Here, context.Now, out var result), result)
        );
        Refusals.ThrowIf(refusal);
        JsonOutput.Tell(context, parsed.GetValue(Json), InWords(name, flow, sent.Flows), json =>
        {
            json.WriteNumber("id", sent.Id);
            json.WriteString("name", name);
            json.WriteNumberOrNull("flow_id", flow);
            json.WriteNumber("flows_waiting", sent.Flows);
        });
        return ExitCode.Good;
    }

    private static string InWords(string name, long? flow, int waiting) =>
        waiting switch
        {
            0 when flow is null =>
                $"Signal \"{name}\" is sent. No flow waits for it now; flows that have started get it when they wait for it.",
            0 => $"Signal \"{name}\" is sent. Flow {flow} does not wait for it now; it gets it when it does.",
            1 => $"Signal \"{name}\" is sent. 1 flow waited for it.",
            _ => $"Signal \"{name}\" is sent. {waiting} flows waited for it.",
        };

    private static long? FlowOf(string? text)
    {
        if (text is null)
            return null;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? id
            : throw new CommandLineException($"--flow: found \"{text}\", expected the number of a flow; `aios flow list` lists them.");
    }
}
