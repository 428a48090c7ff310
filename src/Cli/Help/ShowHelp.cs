using System.CommandLine;
using System.CommandLine.Invocation;

namespace Aios.Cli.Help;

/// <summary>What <c>--help</c> does.</summary>
internal sealed class ShowHelp(CliContext context) : SynchronousCommandLineAction
{
    /// <summary>Whoever asks for help need not have written the rest right.</summary>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc />
    public override int Invoke(ParseResult parseResult)
    {
        new HelpText(context).Write(parseResult.CommandResult.Command);
        return ExitCode.Good;
    }
}
