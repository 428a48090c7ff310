using System.CommandLine;
using Aios.Control;
using Aios.Store.Jobs;
using Aios.Store.Runs;

namespace Aios.Cli;

/// <summary><c>aios pause</c>: holds a job without editing the list.</summary>
internal static class PauseVerb
{
    private static readonly Argument<string> Name = JobName.Argument();
    private static readonly Option<bool> Json = SharedOptions.Json();

    public static Command Create(CliContext context)
    {
        var command = new Verb(
            "pause",
            "Start no new runs of a job until `aios resume`; scheduled occurrences are skipped, triggers wait, current runs continue",
            ("aios pause backup", "Start no new runs of the job backup")
        )
        {
            Name,
            Json,
        };
        command.SetVerb(context, parsed => Pause(parsed, context));
        return command;
    }

    private static int Pause(ParseResult parsed, CliContext context)
    {
        var settings = Settings.OfHome(parsed);
        using var connection = settings.Database.Connect();
        var job = Target.FindJob(parsed.GetValue(Name)!, settings, connection);
        connection.Write(queue =>
        {
            queue.Pause(job.Name, CliActor.Here, context.Now);
            return true;
        });
        JsonOutput.Tell(
            context,
            parsed.GetValue(Json),
            $"Job \"{job.Name}\" is paused, on all devices, until `aios resume {job.Name}`.",
            json =>
            {
                json.WriteString("job_name", job.Name);
                json.WriteString("held", HoldKind.Paused.Name());
            }
        );
        return ExitCode.Good;
    }
}
