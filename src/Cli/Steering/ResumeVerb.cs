using System.CommandLine;
using Aios.Control;

namespace Aios.Cli;

/// <summary><c>aios resume</c>: lets a job go on that was paused, was stopped or has ended.</summary>
internal static class ResumeVerb
{
    private static readonly Argument<string> Name = JobName.Argument();
    private static readonly Option<bool> Json = SharedOptions.Json();

    public static Command Create(CliContext context)
    {
        var command = new Verb(
            "resume",
            "Let a paused, stopped or ended job run again",
            ("aios resume backup", "Let the job backup run again")
        )
        {
            Name,
            Json,
        };
        command.Aliases.Add("start");
        command.SetVerb(context, parsed => Resume(parsed, context));
        return command;
    }

    private static int Resume(ParseResult parsed, CliContext context)
    {
        var settings = Settings.OfHome(parsed);
        var name = parsed.GetValue(Name)!;
        using var connection = settings.Database.Connect();
        // Also one that has left every list meanwhile, so its name is not looked up first.
        var wasHeld = connection.Write(queue => queue.Resume(name, CliActor.Here, context.Now));
        if (!wasHeld)
            Target.FindJob(name, settings, connection);
        JsonOutput.Tell(
            context,
            parsed.GetValue(Json),
            wasHeld ? $"Job \"{name}\" can run again." : $"Job \"{name}\" was not held.",
            json =>
            {
                json.WriteString("job_name", name);
                json.WriteBoolean("was_held", wasHeld);
            }
        );
        return ExitCode.Good;
    }
}
