using Aios.Daemon.Alarms;
using Aios.Flows;
using Aios.Health;
using Aios.Jobs;
using Aios.Jobs.Schedules;
using Aios.Jobs.Works;
using Aios.Store;
using Aios.Store.Flows;
using Aios.Store.Jobs;
using Aios.Store.Runs;
using Aios.Store.Triggers;
using Aios.Telemetry;

namespace Aios.Daemon.Ticks;

/// <summary>What follows from the end of a run: its trigger is closed, or waits for its next attempt, or goes back into the line.</summary>
internal sealed class Settlement(
    DaemonContext context,
    JobList list,
    Dictionary<string, JobHold> holds,
    IStoreTransaction queue,
    RowGuard guard,
    TickTally tally,
    LatestJobStatus latestStatus,
    FlowPlans plans,
    DateTimeOffset now,
    JobHealthKeeper health
)
{
    // A run that was lost and that nothing shows the start of may never have started; it gets this many more chances.
    private const int UnseenChances = 3;

    // A step that takes its host down with it is not begun again for ever.
    private const int MostLostSteps = 25;

    private readonly Dictionary<long, TriggerEnd> _stepEnds = [];

    /// <summary>How the triggers of steps ended that it has closed.</summary>
    public IReadOnlyDictionary<long, TriggerEnd> StepEnds => _stepEnds;

    /// <summary>Writes the end down, and what follows; where that cannot be done, at least that the run is over.</summary>
    public void Settle(EndedRun ended) =>
        guard.Do("runs", ended.Run.Id, () => SettleWhole(ended), reason => GiveUp(ended, $"its end ({ended.End.Status.Name()}) {reason}"));

    private void GiveUp(EndedRun ended, string reason)
    {
        queue.Runs.End(ended.Run.Id, new RunEnd(RunStatus.Failed, now) { Reason = reason });
        queue.Triggers.Close(ended.Run.TriggerId, RunStatus.Failed, reason, now);
        NoteLatest(ended, RunStatus.Failed);
    }

    // A step is no job: its flow is.
    private void NoteLatest(EndedRun ended, RunStatus status)
    {
        if (!StepJobs.IsStep(ended.Run.JobName))
            latestStatus.Note(ended.Run.JobName, status, ended.Run.Id);
    }

    private void SettleWhole(EndedRun ended)
    {
        if (queue.Runs.End(ended.Run.Id, ended.End) is not { } isUnwanted)
            return;
        EndTools(ended);
        Follow(ended, isUnwanted);
        tally.Ended.Add(ended.Trace is null ? ended with { Trace = TraceOf(ended) } : ended);
        NoteLatest(ended, ended.End.Status);
    }

    // Nobody waits any more for what it asked for. Its next attempt asks anew.
    private void EndTools(EndedRun ended)
    {
        if (ended.Job is { Work: not LlmWork })
            return;
        foreach (var id in queue.Triggers.OpenOf(ended.Run.Id))
        {
            if (!queue.Triggers.Cancel(id, $"run {ended.Run.Id}, which asked for it, has ended: {ended.End.Status.Name()}", now))
                queue.Runs.RequestStopOfTrigger(id, StopRequest.Stop);
        }
    }

    private void Follow(EndedRun ended, bool isUnwanted)
    {
        if (StepJobs.IsStep(ended.Run.JobName))
        {
            FollowStep(ended, isUnwanted);
            return;
        }

        if (ended.Returned)
        {
            health.NoteInterruption(ended.Run.JobName);
            queue.Triggers.Return(ended.Run.TriggerId, ended.End.Reason ?? "interrupted");
            return;
        }

        var job = list.Find(ended.Run.JobName) ?? ended.Job;
        if (list.Find(ended.Run.JobName) is { IsKeptRunning: true, Enabled: true } wanted && !holds.ContainsKey(ended.Run.JobName))
            ComeBackOrStay(ended, wanted, isUnwanted);
        else if (isUnwanted)
            CloseUnwanted(ended);
        else if (NextAttempt(ended, job) is { } next)
            Retry(ended, next.At, next.Reason, next.Wait);
        else
            Finish(ended, job);
    }

    // A step whose daemon died is begun again, as a step that has not ended: its flow does not fail because of that.
    private void FollowStep(EndedRun ended, bool isUnwanted)
    {
        if (ended.Returned)
            queue.Triggers.Return(ended.Run.TriggerId, ended.End.Reason ?? "interrupted");
        else if (isUnwanted)
            Close(ended);
        else if (ended.End.Status == RunStatus.Lost && queue.Runs.CountLost(ended.Run.TriggerId) <= MostLostSteps)
            queue.Triggers.Return(ended.Run.TriggerId, ended.End.Reason ?? "lost");
        else if (NextAttempt(ended, ended.Job ?? StepJobOf(ended)) is { } next)
            Retry(ended, next.At, next.Reason, next.Wait);
        else
            Close(ended);
    }

    private Job? StepJobOf(EndedRun ended)
    {
        try
        {
            return StepJobs.Find(plans, queue, ended.Run.TriggerId, now);
        }
        catch (StepException)
        {
            return null;
        }
    }

    private void CloseUnwanted(EndedRun ended)
    {
        health.NoteInterruption(ended.Run.JobName);
        Close(ended);
    }

    private void Finish(EndedRun ended, Job? job)
    {
        Close(ended);
        if (job is null)
            return;
        guard.Do("job_health", job.Name, () =>
        {
            if (job.IsKeptRunning)
                health.NoteLife(job, JobHealthKeeper.LifeOf(ended));
            else
                health.NoteRun(job, ended);
        });
    }

    private void Close(EndedRun ended) => Close(ended, ended.End.Reason);

    private void Close(EndedRun ended, string? reason)
    {
        var isClosed = queue.Triggers.Close(ended.Run.TriggerId, ended.End.Status, reason, now);
        // With care, it may be taken back.
        if (isClosed && StepJobs.IsStep(ended.Run.JobName) && !guard.IsNeeded)
            _stepEnds[ended.Run.TriggerId] = new TriggerEnd(ended.End.Status.Name(), reason, ended.End.ResultJson, ended.End.ResultFile);
    }

    private RunTrace TraceOf(EndedRun ended) =>
        RunTrace.Of(context.DatabaseId, ended.Run.TriggerId, ended.Run.Id, queue.Triggers.Details(ended.Run.TriggerId)?.Origin.TraceParent);

    private void Retry(EndedRun ended, DateTimeOffset at, string reason, TimeSpan wait)
    {
        queue.Triggers.Delay(ended.Run.TriggerId, at, reason, wait);
        tally.Retried.Add(ended.Run.JobName);
    }

    private (DateTimeOffset At, string Reason, TimeSpan Wait)? NextAttempt(EndedRun ended, Job? job)
    {
        if (ended.IsFinal || ended.End.Status is not (RunStatus.Failed or RunStatus.TimedOut or RunStatus.Lost))
            return null;
        var attemptsLeft = ended.Run.Attempt <= (job?.Retries ?? 0);
        if (!attemptsLeft && !MayNeverHaveStarted(ended))
            return null;
        var wait = (job?.Backoff ?? Backoff.Default).After(ended.Run.Attempt);
        var what = ended.End.Reason ?? ended.End.Status.Name();
        // Counted from the instant that its run's row keeps, so that it can be counted anew when the clock was moved.
        return (
            ended.End.Ended + wait,
            $"attempt {ended.Run.Attempt} {ended.End.Status.Name()} ({what}); next attempt in {wait.TotalSeconds:0.###} s",
            wait
        );
    }

    private bool MayNeverHaveStarted(EndedRun ended) =>
        ended is { Began: false, End.Status: RunStatus.Lost }
        && queue.Runs.LostUnseen(ended.Run.TriggerId, ended.Run.Id) is > 0 and <= UnseenChances;

    private void ComeBackOrStay(EndedRun ended, Job job, bool isUnwanted)
    {
        if (ComesBack(job, ended.End.Status))
        {
            Restart(ended, job, isUnwanted);
            return;
        }

        var hold = new JobHold(HoldKind.Ended, now);
        queue.Holds.Put(job.Name, hold.Kind, now);
        holds[job.Name] = hold;
        var words = hold.Reason(job.Name);
        Close(ended, ended.End.Reason is { } reason ? $"{reason}; {words}" : words);
        health.NoteLife(job, JobHealthKeeper.LifeOf(ended) with { IsWanted = isUnwanted });
    }

    // What a death of the daemon has ended has not ended by itself.
    private static bool ComesBack(Job job, RunStatus status) =>
        Always.Of(job).Restart switch
        {
            RestartPolicy.Always => true,
            RestartPolicy.OnFailure => status is RunStatus.Failed or RunStatus.TimedOut or RunStatus.Lost,
            _ => status == RunStatus.Lost,
        };

    // The trigger of one process is over; the next has its own, and counts on while the job is not well.
    private void Restart(EndedRun ended, Job job, bool isUnwanted)
    {
        tally.Restarted.Add(ended.Run.JobName);
        Close(ended);
        var end = JobHealthKeeper.LifeOf(ended) with { IsWanted = isUnwanted };
        HealthRecord? record = null;
        guard.Do("job_health", job.Name, () => record = health.NoteLife(job, end));
        var wait = HealthRules.Wait(record, job, end);
        queue.Triggers.Add(
            new NewTrigger(job.Name, TriggerSource.Always, now)
            {
                Priority = job.Priority,
                Attempt = record?.Level ?? 0,
                Due = wait > TimeSpan.Zero ? now + wait : null,
                Status = wait > TimeSpan.Zero ? RunStatus.Waiting : RunStatus.Queued,
                Reason = wait > TimeSpan.Zero ? CrashLoop.Reason(record!, job, end, wait) : null,
                Note = $"run {ended.Run.Id} {ended.End.Status.Name()}{(ended.End.Reason is { } reason ? $": {reason}" : "")}",
            }
        );
    }
}
