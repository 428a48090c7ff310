using System.CommandLine;
using Aios.Cli.Help;

namespace Aios.Cli;

/// <summary>The root of all verbs. It is not System.CommandLine's own, whose help would be a twentieth of the executable.</summary>
internal sealed class AiosCommand : Command
{
    /// <param name="context">Where its help is shown.</param>
    public AiosCommand(CliContext context)
        : base("aios", "AIOS runs your automations: on time, on demand, all the time, or when the machine is idle.")
    {
        Options.Add(new HelpFlag(context));
        Options.Add(new VersionOption());
    }
}
