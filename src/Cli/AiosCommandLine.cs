using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using Aios.Cli.Completion;
using Aios.Cli.Help;

namespace Aios.Cli;

/// <summary>The whole command line.</summary>
public static class AiosCommandLine
{
    /// <summary>Does what the arguments say; the answer is the exit status.</summary>
    public static Task<int> Run(string[] arguments, CliContext context)
    {
        var parsed = Create(context).Parse(arguments);
        if (parsed.Errors.Count > 0) return Task.FromResult(Complain(parsed, context));
        return parsed.InvokeAsync(new InvocationConfiguration
        {
            Output = context.Out,
            Error = context.Error,
            // The daemon ends by its own rules.
            ProcessTerminationTimeout = null,
            EnableDefaultExceptionHandler = false,
        });
    }

    /// <summary>All verbs.</summary>
    internal static RootCommand Create(CliContext context)
    {
        var root = new RootCommand("AIOS runs your automations: on time, on demand, all the time, or when the machine is idle.");
        root.Options.Add(SharedOptions.Home);
        root.Options.Add(SharedOptions.Database);
        RunVerb.Configure(root, context);
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new ShowHelp(context);
        root.Subcommands.Add(RunVerb.Create(context));
        root.Subcommands.Add(InitVerb.Create(context));
        root.Subcommands.Add(TriggerVerb.Create(context));
        root.Subcommands.Add(StopVerb.Create(context));
        root.Subcommands.Add(RestartVerb.Create(context));
        root.Subcommands.Add(PauseVerb.Create(context));
        root.Subcommands.Add(ResumeVerb.Create(context));
        root.Subcommands.Add(JobsVerb.Create(context));
        root.Subcommands.Add(NextVerb.Create(context));
        root.Subcommands.Add(WhyVerb.Create(context));
        root.Subcommands.Add(StatusVerb.Create(context));
        root.Subcommands.Add(TopVerb.Create(context));
        root.Subcommands.Add(RunsVerb.Create(context));
        root.Subcommands.Add(LogsVerb.Create(context));
        root.Subcommands.Add(ConsoleVerb.Create(context));
        root.Subcommands.Add(ConfigVerb.Create(context));
        root.Subcommands.Add(KeysVerb.Create(context));
        root.Subcommands.Add(AuditVerb.Create(context));
        root.Subcommands.Add(NotifyVerb.Create(context));
        root.Subcommands.Add(BackupVerb.Create(context));
        root.Subcommands.Add(RestoreVerb.Create(context));
        root.Subcommands.Add(ProgressVerb.Create(context));
        root.Subcommands.Add(StateVerb.Create(context));
        root.Subcommands.Add(HealthVerb.Create(context));
        root.Subcommands.Add(DoctorVerb.Create(context));
        root.Subcommands.Add(ServiceVerb.Create(context));
        root.Subcommands.Add(CompletionVerb.Create(context));
        root.Subcommands.Add(ManVerb.Create(root, context));
        root.Subcommands.Add(CompleteVerb.Create(root, context));
        return root;
    }

    private static int Complain(ParseResult parsed, CliContext context)
    {
        foreach (var message in Messages(parsed).Distinct()) context.Error.WriteLine($"aios: {message}");
        var nearest = Suggestion(parsed);
        if (nearest is not null) context.Error.WriteLine($"aios: did you mean \"{nearest}\"?");
        context.Error.WriteLine($"aios: see `{CommandPath(parsed)} --help`.");
        return ExitStatus.Misused;
    }

    // What follows an option that is not known is most likely its value, and nothing to complain about for itself.
    private static IEnumerable<string> Messages(ParseResult parsed)
    {
        var messages = parsed.Errors.Select(error => error.Message);
        if (parsed.UnmatchedTokens is not [var first, ..] || !first.StartsWith('-')) return messages;
        return messages.Where(message => !parsed.UnmatchedTokens.Any(token => token != first && !token.StartsWith('-') && message.Contains($"'{token}'", StringComparison.Ordinal)));
    }

    private static string? Suggestion(ParseResult parsed)
    {
        if (parsed.UnmatchedTokens is not [var token, ..]) return null;
        var command = parsed.CommandResult.Command;
        var names = token.StartsWith('-')
            ? command.Options.Concat(parsed.RootCommandResult.Command.Options.Where(option => option.Recursive)).SelectMany(option => option.Aliases.Append(option.Name))
            : CommandTree.Commands(command).Select(sub => sub.Name);
        return Jobs.NearestName.Of(token, names);
    }

    private static string CommandPath(ParseResult parsed)
    {
        var names = new Stack<string>();
        for (SymbolResult? result = parsed.CommandResult; result is CommandResult command; result = result.Parent)
        {
            names.Push(command.Command is RootCommand ? "aios" : command.Command.Name);
        }

        return string.Join(' ', names);
    }
}
