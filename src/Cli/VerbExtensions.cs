using System.CommandLine;
using Aios.Cli.Confirm;
using Aios.Platform;
using Aios.Store;

namespace Aios.Cli;

/// <summary>What all verbs share.</summary>
internal static class VerbExtensions
{
    /// <summary>Sets what a command does; what a user causes ends in one line and an exit status, never in a stack trace.</summary>
    public static void SetVerb(this Command command, CliContext context, Func<ParseResult, Task<int>> verb) =>
        command.SetAction(
            async (parsed, _) =>
            {
                try
                {
                    RunAs.Owner(parsed);
                    return await verb(parsed).ConfigureAwait(false);
                }
                catch (CommandLineException error)
                {
                    return context.Fail(error.Message, ExitCode.Misused);
                }
                catch (NotConfirmedException error)
                {
                    return context.Fail(error.Message);
                }
                catch (StoreException error)
                {
                    return context.Fail(error.Words);
                }
                catch (Exception error) when (error is IOException or UnauthorizedAccessException)
                {
                    return context.Fail(FileTrouble(error));
                }
            }
        );

    // The runtime names the file; what it leaves out is what to do.
    private static string FileTrouble(Exception error) =>
        error switch
        {
            UntrustedFileException => error.Message,
            UnauthorizedAccessException =>
                $"{error.Message.TrimEnd('.')}: the user {Environment.UserName} has no permission. Run it as a user that has, or name "
                    + $"another path.",
            FileNotFoundException { FileName: { } file } => $"{file} is not there, or cannot be made there. Name another place.",
            DirectoryNotFoundException => $"{error.Message.TrimEnd('.')}. Make the folder first, or name another place.",
            _ => error.Message,
        };

    /// <summary>As above, for what needs no waiting.</summary>
    public static void SetVerb(this Command command, CliContext context, Func<ParseResult, int> verb) =>
        command.SetVerb(context, parsed => Task.FromResult(verb(parsed)));
}
