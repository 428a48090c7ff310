using Aios.Jobs;
using Aios.Jobs.Schedules;
using Aios.Store.Runs;
using Aios.Store.Triggers;

namespace Aios.Control;

/// <summary>Why a job does or does not run now, and what would change that.</summary>
/// <param name="State"><c>running</c>, <c>waiting</c> (something is in line), <c>hindered</c> (it could not run if something
/// were), <c>scheduled</c> or <c>unasked</c>.</param>
/// <param name="Because">In words.</param>
/// <param name="Changes">In words; what a person could do, without the full stop.</param>
/// <param name="Running">Its runs that go on.</param>
/// <param name="Next">When it runs next, as far as its schedule tells; null if no clock starts it.</param>
internal sealed record JobWhy(
    string State,
    IReadOnlyList<string> Because,
    IReadOnlyList<string> Changes,
    IReadOnlyList<ActiveRun> Running,
    ComingOccurrence? Next
)
{
    /// <summary>Finds out.</summary>
    /// <param name="job">The job, as the list of this home has it.</param>
    /// <param name="facts">What the database tells of it.</param>
    /// <param name="coming">When jobs run.</param>
    public static JobWhy Of(Job job, JobFacts facts, ComingOccurrences coming)
    {
        var why = Judge(job, facts, coming);
        return facts.ClockLag is { } lag && JobSchedules.Of(job, "") is not null
            ? why with
            {
                Because = [.. why.Because, lag],
                Changes = [.. why.Changes, "the machine's clock, set right"],
            }
            : why;
    }

    private static JobWhy Judge(Job job, JobFacts facts, ComingOccurrences coming)
    {
        var running = facts.GoingOn.Where(run => run.JobName == job.Name).OrderBy(run => run.Id).ToList();
        var obstacles = JobWait.Obstacles(job, facts).ToList();
        // A hold and a disabled job let what runs go on, so they are told beside it.
        if (running.Count == 0 && obstacles.Count == 0)
            return OfIdle(job, coming.Of(job).FirstOrDefault());
        var state =
            running.Count > 0 ? "running"
            : facts.Open is not null ? "waiting"
            : "hindered";
        IEnumerable<string> goingOn = running.Select(run =>
            $"run {run.Id} is running on {run.Device}{(run.Attempt > 1 ? $", attempt {run.Attempt}" : "")}"
            + (run.ParentRunId is { } parent ? $"; it is a tool of run {parent}" : "")
        );
        var open = facts.Flows.SelectMany(flow => flow.Open().Select(obstacle => (Flow: flow.Summary.Id, Obstacle: obstacle))).ToList();
        IEnumerable<string> ends = running.Count > 0 ? [$"`aios stop {job.Name}` ends it"] : [];
        return new JobWhy(
            state,
            [
                .. goingOn,
                .. facts.Tools.Select(WordsOf),
                .. open.Select(step => $"flow {step.Flow}: {step.Obstacle.Words}"),
                .. obstacles.Select(obstacle => obstacle.Words),
            ],
            [
                .. open.Select(step => step.Obstacle.Remedy).OfType<string>(),
                .. ends,
                .. obstacles.Select(obstacle => obstacle.Remedy).OfType<string>(),
            ],
            running,
            coming.Of(job).FirstOrDefault()
        );
    }

    private static string WordsOf((long RunId, TriggerSummary Trigger) tool) =>
        $"run {tool.RunId} waits for its tool \"{tool.Trigger.JobName}\": trigger {tool.Trigger.Id} "
        + (tool.Trigger is { Status: "waiting", Reason: { } reason } ? $"waits: {reason}" : $"is {tool.Trigger.Status}");

    private static JobWhy OfIdle(Job job, ComingOccurrence? next)
    {
        var kind = job.Schedule.Kind;
        var state = kind.StartedBy == StartedBy.Request ? "unasked" : "scheduled";
        var because = kind.WhyNotNow ?? (next is null ? "its schedule names no further time" : "it is not time yet");
        IReadOnlyList<string> changes = job.IsKeptRunning ? [] : [$"`aios trigger {job.Name}` runs it now"];
        return new JobWhy(state, [because], changes, [], next);
    }
}
