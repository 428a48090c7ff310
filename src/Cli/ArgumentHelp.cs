using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Aios.Cli;

/// <summary>The library's help, in which arguments are called the same everywhere and those that may be left out stand in brackets.</summary>
internal sealed class ArgumentHelp(HelpAction help) : SynchronousCommandLineAction
{
    /// <summary>Whoever asks for help need not have written the rest right.</summary>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc />
    public override int Invoke(ParseResult parseResult)
    {
        var output = parseResult.InvocationConfiguration.Output;
        using var text = new StringWriter();
        parseResult.InvocationConfiguration.Output = text;
        var status = help.Invoke(parseResult);
        parseResult.InvocationConfiguration.Output = output;
        output.Write(parseResult.CommandResult.Command.Arguments.Aggregate(text.ToString(), Rename));
        return status;
    }

    private static string Rename(string text, Argument argument)
    {
        var name = argument.HelpName ?? argument.Name;
        text = text
            .Replace($"[<{argument.Name}>]", $"[{name}]", StringComparison.Ordinal)
            .Replace($"[<{argument.Name}>...]", $"[{name}...]", StringComparison.Ordinal)
            .Replace($"<{argument.Name}>", $"<{name}>", StringComparison.Ordinal);
        // Only at the beginning of a line: a value of an option may have the same name.
        return argument.Arity.MinimumNumberOfValues > 0 ? text : text.Replace($"\n  <{name}>", $"\n  [{name}]", StringComparison.Ordinal);
    }
}
