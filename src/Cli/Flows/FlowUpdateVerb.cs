using System.CommandLine;
using Aios.Control.Flows;
using Aios.Jobs;

namespace Aios.Cli.Flows;

/// <summary><c>aios flow update</c>: a flow that goes on follows the current job list.</summary>
internal static class FlowUpdateVerb
{
    private static readonly Argument<long> Id = FlowArguments.FlowId();
    private static readonly Option<bool> Json = SharedOptions.Json();

    public static Command Create(CliContext context)
    {
        var command = new Verb(
            "update",
            "Let a flow that waits or runs follow the current job list, if its steps that have begun still fit",
            ("aios flow update 12", "Give flow 12 the steps that its job has now")
        )
        {
            Id,
            Json,
        };
        command.SetVerb(context, parsed => Update(parsed, context));
        return command;
    }

    private static int Update(ParseResult parsed, CliContext context)
    {
        var id = parsed.GetValue(Id);
        var settings = Settings.OfHome(parsed);
        settings.RequireJobsFolder();
        var list = JobListLoader.Load(settings.JobsFolder, settings.ProgramsFolder);
        if (list.Errors.Length > 0)
            throw new CommandLineException($"the job list has mistakes; `aios jobs validate` shows them: {list.Errors[0]}");
        using var connection = settings.Database.Connect();
        Refusals.ThrowIf(connection.Write(queue => queue.UpdateFlow(id, list.Find, CliActor.Here, context.Now)));
        JsonOutput.Tell(
            context,
            parsed.GetValue(Json),
            $"Flow {id} follows the current plan. What was waiting for approval is asked anew.",
            json => json.WriteNumber("flow_id", id)
        );
        return ExitCode.Good;
    }
}
