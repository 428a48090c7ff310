using System.CommandLine;

namespace Aios.Cli.Flows;

/// <summary><c>aios flow</c>: jobs of many steps.</summary>
internal static class FlowVerb
{
    public static Command Create(CliContext context)
    {
        var command = new Verb(
            "flow",
            "Show and steer flows: runs of jobs with steps",
            ("aios flow list nightly", "List the flows of the job nightly"),
            ("aios flow show 12", "Show the steps of flow 12"),
            ("aios flow retry 12", "Begin again what has not succeeded")
        );
        command.Subcommands.Add(FlowShowVerb.Create(context));
        command.Subcommands.Add(FlowItemsVerb.Create(context));
        command.Subcommands.Add(FlowListVerb.Create(context));
        command.Subcommands.Add(FlowRetryVerb.Create(context));
        command.Subcommands.Add(FlowCancelVerb.Create(context));
        command.Subcommands.Add(FlowUpdateVerb.Create(context));
        command.Subcommands.Add(FlowTestVerb.Create(context));
        return command;
    }
}
