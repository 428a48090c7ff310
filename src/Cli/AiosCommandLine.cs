using System.CommandLine;
using System.CommandLine.Help;
using Aios.Cli.Completion;
using Aios.Cli.Flows;
using Aios.Cli.Help;
using Aios.Cli.Models;

namespace Aios.Cli;

/// <summary>The whole command line.</summary>
internal static class AiosCommandLine
{
    /// <summary>Does what the arguments say; the answer is the exit status.</summary>
    public static Task<int> Run(string[] arguments, CliContext context)
    {
        var root = Create(context);
        var parsed = root.Parse(arguments);
        var swallowed = SwallowedOption.Of(parsed, arguments);
        if (swallowed is { AsksForHelp: true })
            parsed = root.Parse(swallowed.Without(arguments));
        else if (swallowed is not null)
            return Task.FromResult(Complain(parsed, [swallowed.Message], context));
        if ((parsed.Errors.Count > 0 || UsageErrors.StrayOption(parsed) is not null) && parsed.Action is not ShowHelp)
            return Task.FromResult(Complain(parsed, new UsageErrors(parsed).Messages(), context));
        return parsed.InvokeAsync(
            new InvocationConfiguration
            {
                Output = context.Out,
                Error = context.Error,
                // The daemon ends by its own rules.
                ProcessTerminationTimeout = null,
                EnableDefaultExceptionHandler = false,
            }
        );
    }

    /// <summary>All verbs.</summary>
    internal static RootCommand Create(CliContext context)
    {
        var root = new RootCommand("AIOS runs your programs: continuously, on a schedule, on demand, or when the machine is idle.");
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
        root.Subcommands.Add(FlowVerb.Create(context));
        root.Subcommands.Add(SignalVerb.Create(context));
        root.Subcommands.Add(ApprovalsVerb.Create(context));
        root.Subcommands.Add(DecideVerbs.Approve(context));
        root.Subcommands.Add(DecideVerbs.Reject(context));
        root.Subcommands.Add(ModelsVerb.Create(context));
        root.Subcommands.Add(CallsVerb.Create(context));
        root.Subcommands.Add(CostVerb.Create(context));
        root.Subcommands.Add(ConsoleVerb.Create(context));
        root.Subcommands.Add(ConfigVerb.Create(context));
        root.Subcommands.Add(KeysVerb.Create(context));
        root.Subcommands.Add(AuditVerb.Create(context));
        root.Subcommands.Add(NotifyVerb.Create(context));
        root.Subcommands.Add(BackupVerb.Create(context));
        root.Subcommands.Add(RestoreVerb.Create(context));
        root.Subcommands.Add(PruneVerb.Create(context));
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

    private static int Complain(ParseResult parsed, IEnumerable<string> messages, CliContext context)
    {
        foreach (var message in messages)
            context.Say(message);
        return context.Fail($"see `{CommandTree.PathOf(parsed.CommandResult.Command)} --help`.", ExitCode.Misused);
    }
}
