using System.CommandLine;
using Aios.Control;
using Aios.Queue;

namespace Aios.Cli;

/// <summary><c>aios resume</c>: lets a job go on that was paused or stopped.</summary>
internal static class ResumeVerb
{
    private static readonly Argument<string> Name = JobName.Argument();

    public static Command Create(CliContext context)
    {
        var command = new Verb(
            "resume",
            "Let a paused or stopped job run again",
            ("aios resume backup", "Let the job backup run again")) { Name };
        command.Aliases.Add("start");
        command.SetVerb(context, parsed => Resume(parsed, context));
        return command;
    }

    private static int Resume(ParseResult parsed, CliContext context)
    {
        var settings = Settings.Of(parsed);
        var name = parsed.GetValue(Name)!;
        using var connection = QueueConnection.Open(settings.DatabasePath);
        // Also one that has left every list meanwhile, so its name is not looked up first.
        if (connection.Write(queue => queue.Resume(name, CliActor.Here, context.Now)))
        {
            context.Out.WriteLine($"Job \"{name}\" may run again.");
            return ExitStatus.Good;
        }

        Target.FindJob(name, settings, connection);
        context.Out.WriteLine($"Job \"{name}\" was not held.");
        return ExitStatus.Good;
    }
}
