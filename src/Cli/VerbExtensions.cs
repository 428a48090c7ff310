using System.CommandLine;
using Aios.Queue;

namespace Aios.Cli;

/// <summary>What all verbs share.</summary>
internal static class VerbExtensions
{
    /// <summary>Sets what a command does; what a user causes ends in one line and an exit status, never in a stack trace.</summary>
    public static void SetVerb(this Command command, CliContext context, Func<ParseResult, Task<int>> verb) => command.SetAction(async (parsed, _) =>
    {
        try
        {
            RunAs.Owner(parsed);
            return await verb(parsed).ConfigureAwait(false);
        }
        catch (CommandLineException error)
        {
            return context.Fail(error.Message, ExitStatus.Misused);
        }
        catch (QueueException error)
        {
            return context.Fail(error.Message);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return context.Fail(error.Message);
        }
    });

    /// <summary>As above, for what needs no waiting.</summary>
    public static void SetVerb(this Command command, CliContext context, Func<ParseResult, int> verb) =>
        command.SetVerb(context, parsed => Task.FromResult(verb(parsed)));
}
