using System.CommandLine;
using Aios.Control;
using Aios.Store;

namespace Aios.Cli;

/// <summary><c>aios restart</c>: ends a run and has it start again.</summary>
internal static class RestartVerb
{
    private static readonly Argument<string> What = Target.Argument();
    private static readonly Option<bool> NoWait = StopReport.NoWait();
    private static readonly Option<bool> Json = SharedOptions.Json();

    public static Command Create(CliContext context)
    {
        var command = new Verb(
            "restart",
            "End a run, or all runs of a job, and start them again with the same arguments; a stopped always job starts",
            ("aios restart web", "End the runs of the job web and start them again"),
            ("aios restart 12 --no-wait", "Restart run 12 without waiting")
        )
        {
            What,
            NoWait,
            Json,
        };
        command.SetVerb(context, parsed => Restart(parsed, context));
        return command;
    }

    private static int Restart(ParseResult parsed, CliContext context)
    {
        var settings = Settings.OfHome(parsed);
        using var connection = settings.Database.Connect();
        var target = Target.Find(parsed.GetValue(What)!, settings, connection);
        var runs = connection.Write(queue => Ask(target, queue, context.Now));
        var name = target is Target.OfJob job ? job.Name : ((Target.OfRun)target).Run.JobName;
        if (runs.Count == 0 && target is not Target.OfJob { Definition.IsKeptRunning: true })
        {
            if (target is Target.OfRun { Run: var over })
                throw new CommandLineException(
                    $"run {over.Id} of job \"{name}\" is over: it has {over.Status}. `aios trigger {name}` starts a new one."
                );
            throw new CommandLineException($"nothing of \"{name}\" runs that could be restarted; `aios trigger {name}` starts it.");
        }

        return new StopReport(settings, context, parsed.GetValue(Json), parsed.GetValue(NoWait)).Tell(
            runs,
            0,
            $"Job \"{name}\" starts again."
        );
    }

    private static IReadOnlyList<long> Ask(Target target, IStoreTransaction queue, DateTimeOffset now)
    {
        if (target is Target.OfRun { Run: var run })
            return queue.RestartRun(run, CliActor.Here, now) ? [run.Id] : [];
        var job = (Target.OfJob)target;
        return queue.RestartJob(job.Name, job.Definition is { IsKeptRunning: true }, CliActor.Here, now);
    }
}
