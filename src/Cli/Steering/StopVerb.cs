using System.CommandLine;
using Aios.Control;
using Aios.Store;
using Aios.Store.Runs;

namespace Aios.Cli;

/// <summary><c>aios stop</c>: ends a run, or all runs of a job and what of it stands in line.</summary>
internal static class StopVerb
{
    private static readonly TimeSpan BetweenSlices = TimeSpan.FromMilliseconds(2);
    private static readonly Argument<string> What = Target.Argument();
    private static readonly Option<bool> Now = new("--now") { Description = "Send KILL at once, without TERM and grace" };
    private static readonly Option<bool> NoWait = StopReport.NoWait();
    private static readonly Option<bool> Json = SharedOptions.Json();

    public static Command Create(CliContext context)
    {
        var command = new Verb(
            "stop",
            "End a run, or all runs of a job and its waiting triggers; an always job stays stopped until `aios start`",
            ("aios stop 12", "End run 12: TERM, then KILL after the job's grace"),
            ("aios stop backup --now", "Kill all runs of the job backup and cancel its waiting triggers")
        )
        {
            What,
            Now,
            NoWait,
            Json,
        };
        command.SetVerb(context, parsed => Stop(parsed, context));
        return command;
    }

    private static int Stop(ParseResult parsed, CliContext context)
    {
        var settings = Settings.OfHome(parsed);
        using var connection = settings.Database.Connect();
        var request = parsed.GetValue(Now) ? StopRequest.Kill : StopRequest.Stop;
        var report = new StopReport(settings, context, parsed.GetValue(Json), parsed.GetValue(NoWait));
        return Target.Find(parsed.GetValue(What)!, settings, connection) switch
        {
            Target.OfRun run => StopRun(run.Run, request, connection, report, context),
            Target.OfJob job => StopJob(job, request, connection, report, context),
            _ => throw new InvalidOperationException(),
        };
    }

    private static int StopRun(RunSummary run, StopRequest request, IStoreConnection connection, StopReport report, CliContext context)
    {
        var outcome = connection.Write(queue => queue.StopRun(run, request, CliActor.Here, context.Now));
        if (!outcome.IsNothing)
            return report.Tell(outcome.Runs, outcome.CanceledTriggers);
        throw new CommandLineException($"run {run.Id} of job \"{run.JobName}\" is over: it has {run.Status}.");
    }

    private static int StopJob(Target.OfJob job, StopRequest request, IStoreConnection connection, StopReport report, CliContext context)
    {
        var isAlways = job.Definition?.IsKeptRunning == true;
        var outcome = connection.Write(queue => queue.StopJob(job.Name, isAlways, request, CliActor.Here, context.Now));
        while (outcome.Rest is not null)
        {
            // The daemon commits meanwhile.
            Thread.Sleep(BetweenSlices);
            var before = outcome;
            outcome = connection.Write(queue => queue.StopMore(job.Name, request, before, CliActor.Here, context.Now));
        }

        return report.Tell(
            outcome.Runs,
            outcome.CanceledTriggers,
            isAlways ? $"Job \"{job.Name}\" stays stopped until `aios start {job.Name}`." : null
        );
    }
}
