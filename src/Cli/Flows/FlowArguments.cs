using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Aios.Cli.Flows;

/// <summary>What verbs of flows and approvals share.</summary>
internal static class FlowArguments
{
    /// <summary>The number of one flow.</summary>
    public static Argument<long> FlowId() => Number("flow", "The number of the flow, as `aios flow list` shows it");

    /// <summary>The numbers of several.</summary>
    public static Argument<long[]> FlowIds() =>
        new("flow")
        {
            Description = "The numbers of the flows",
            HelpName = "ID",
            Arity = ArgumentArity.ZeroOrMore,
            CustomParser = result => [.. result.Tokens.Select(token => Parse(result, token.Value)).OfType<long>()],
        };

    /// <summary>The number of an approval.</summary>
    public static Argument<long> ApprovalId() => Number("approval", "The number of the approval, as `aios approvals` shows it");

    private static Argument<long> Number(string name, string description) =>
        new(name)
        {
            Description = description,
            HelpName = "ID",
            CustomParser = result => Parse(result, result.Tokens[0].Value) ?? 0,
        };

    private static long? Parse(ArgumentResult result, string text)
    {
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return number;
        result.AddError($"{result.Argument.HelpName}: found \"{text}\", expected a number.");
        return null;
    }
}
