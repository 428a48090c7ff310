using System.CommandLine;
using Aios.Daemon;

namespace Aios.Cli;

/// <summary><c>aios health</c>: a question that another program asks again and again, answered by the exit status.</summary>
internal static class HealthVerb
{
    private static readonly Option<bool> Live = new("--live") { Description = "Whether a daemon lives on this home's database: status 0, else 1" };

    public static Command Create(CliContext context)
    {
        var command = new Command("health", "Say by the exit status whether a daemon is well") { Live };
        command.SetVerb(context, parsed => Answer(parsed, context));
        return command;
    }

    // Liveness asks for nothing that a restart would not mend: not whether the database takes writes, say.
    private static int Answer(ParseResult parsed, CliContext context)
    {
        if (!parsed.GetValue(Live)) throw new CommandLineException("what to ask for is missing: `aios health --live`.");
        var life = DaemonLife.Of(Settings.Of(parsed).DatabasePath, context.Now);
        context.Out.WriteLine(life.Words);
        return life.Lives ? ExitStatus.Good : ExitStatus.Failed;
    }
}
