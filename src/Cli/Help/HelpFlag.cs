using System.CommandLine;
using System.CommandLine.Invocation;

namespace Aios.Cli.Help;

/// <summary><c>--help</c>, of every verb.</summary>
internal sealed class HelpFlag : Option<bool>
{
    /// <param name="context">Where it is shown.</param>
    public HelpFlag(CliContext context)
        : base("--help", "-h", "-?")
    {
        Recursive = true;
        Arity = ArgumentArity.Zero;
        Description = "Show help and usage information";
        Action = new ShowHelp(context);
    }

    /// <inheritdoc/>
    public override CommandLineAction? Action { get; set; }
}
