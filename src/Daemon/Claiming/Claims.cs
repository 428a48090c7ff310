using Aios.Daemon.Ticks;
using Aios.Flows;
using Aios.Jobs;
using Aios.Jobs.Schedules;
using Aios.Jobs.Works;
using Aios.Running;
using Aios.Running.Containers;
using Aios.Store;
using Aios.Store.Flows;
using Aios.Store.Runs;
using Aios.Store.Triggers;
using Aios.Telemetry;

namespace Aios.Daemon.Claiming;

/// <summary>
/// Takes triggers from the front of the line, by priority and age, within one transaction. What cannot run now for a
/// reason of its own leaves the line; what only waits for its job's limit stays and is stepped over by name, so that a
/// million such rows cost as much as one.
/// </summary>
internal sealed class Claims(
    DaemonContext context,
    JobList list,
    IStoreTransaction queue,
    RowGuard guard,
    Admission admission,
    LatestJobStatus latestStatus,
    FlowSteps flows,
    DateTimeOffset now
)
{
    private const int Window = 32;

    // Rows that leave the line without a run, in one transaction: of a job that is held there may be a million.
    private const int MostTurnedAway = 2000;

    private readonly List<ClaimedRun> _claimed = [];
    private readonly HashSet<string> _steppedOver = [];
    private readonly Dictionary<string, int> _failed = [];
    private int _turnedAway;

    /// <summary>Whether it ended early, so that the transaction stays short.</summary>
    public bool HasMore => _turnedAway >= MostTurnedAway;

    /// <summary>Whether flows have begun since it was asked last: their first steps may start, too.</summary>
    public bool HasBegunFlows { get; set; }

    /// <summary>Claims all that may start.</summary>
    public List<ClaimedRun> Take()
    {
        while (true)
        {
            var window = WindowNow;
            var front = queue.Triggers.Front(window);
            var moved = front.Count(Settle);
            if (front.Count < window)
                return _claimed;
            if (HasMore || moved < Window / 2)
                break;
        }

        while (TakeFromEachName()) { }

        return _claimed;
    }

    // Heads of the jobs' lines in the order of the whole line, so that priority and age hold across jobs.
    private bool TakeFromEachName()
    {
        var heads = NamesToLookAt()
            .Where(name => !_steppedOver.Contains(name))
            .SelectMany(name => queue.Triggers.FrontOf(name, WindowNow))
            .OrderByDescending(trigger => trigger.Priority)
            .ThenBy(trigger => trigger.Id)
            .ToList();
        var moved = heads.Count(Settle);
        return moved > 0;
    }

    // What is left out stays at the front.
    private int WindowNow => Window + guard.LeftOut("triggers");

    // Without a free slot only always jobs can start, so nobody else need be asked.
    private IEnumerable<string> NamesToLookAt() =>
        admission.LacksSlots ? list.Of(StartedBy.Always).Select(job => job.Name) : queue.Triggers.NamesInLine();

    // True if the row has left the line.
    private bool Settle(QueuedTrigger trigger)
    {
        if (trigger.JobName is { } name && _steppedOver.Contains(name))
            return false;
        return guard.IsNeeded ? SettleGuarded(trigger) : SettleOne(trigger);
    }

    private bool SettleGuarded(QueuedTrigger trigger)
    {
        if (guard.IsLeftOut("triggers", trigger.Id))
            return false;
        var leaves = false;
        var isHandled = guard.Do(
            "triggers",
            trigger.Id,
            () => leaves = SettleOne(trigger),
            reason =>
            {
                queue.Triggers.Close(trigger.Id, RunStatus.Failed, reason, now);
                leaves = true;
            }
        );
        if (isHandled)
            _failed.Remove(trigger.JobName ?? "");
        else if (!leaves)
            NoteFailure(trigger.JobName ?? "");
        return leaves;
    }

    // Where one row of a job after another is refused, the others of it wait for the next tick.
    private void NoteFailure(string jobName)
    {
        if ((_failed[jobName] = _failed.GetValueOrDefault(jobName) + 1) >= RowGuard.MostFailures)
            _steppedOver.Add(jobName);
    }

    private bool SettleOne(QueuedTrigger trigger)
    {
        var verdict = admission.Judge(trigger);
        if (verdict is Verdict.Start start)
        {
            Claim(trigger, start.Job);
            return true;
        }

        // A job of which a million rows leave the line without a run does not hold up the others.
        if (HasMore && trigger.JobName is { } name)
        {
            _steppedOver.Add(name);
            return false;
        }

        var leaves = TurnAway(trigger, verdict);
        if (leaves)
            _turnedAway++;
        return leaves;
    }

    private bool TurnAway(QueuedTrigger trigger, Verdict verdict)
    {
        if (verdict.TurnAway(queue.Triggers, trigger.Id, now))
            return true;
        // A row that waits for a quiet machine says nothing about the others of its job.
        if (trigger.Source != TriggerSource.Idle)
            _steppedOver.Add(trigger.JobName!);
        return false;
    }

    private void BeginFlow(
        QueuedTrigger trigger,
        Job job,
        long runId,
        int attempt,
        (string Args, string Kwargs) arguments,
        TriggerOrigin origin
    )
    {
        HasBegunFlows = true;
        flows.Begin(
            job,
            new FlowRecord(trigger.Id, runId, job.Name, 0, arguments.Args, arguments.Kwargs)
            {
                Attempt = attempt,
                Priority = (int)Math.Clamp(trigger.Priority, int.MinValue, int.MaxValue),
                TraceParent = RunTrace.Of(context.DatabaseId, trigger.Id, runId, origin.TraceParent).ForProgram(context.IsTraced)
                    ?? origin.TraceParent,
                Started = now,
            }
        );
    }

    private void Claim(QueuedTrigger trigger, Job job)
    {
        if (queue.Triggers.Details(trigger.Id) is not { } details)
            return;
        var defect = details.Defect;
        (string Args, string Kwargs) merged = default;
        if (defect is not null || !Arguments.TryMerge(job, details.ArgsJson, details.KwargsJson, out merged, out defect))
        {
            queue.Triggers.Close(trigger.Id, RunStatus.Failed, defect, now);
            return;
        }

        if (!queue.Triggers.Claim(trigger.Id))
            return;
        var attempt = trigger.Attempt + 1;
        var isFlow = job.Work is FlowWork;
        var boot = isFlow ? IRuns.FlowBoot : context.BootId;
        var runId = queue.Runs.Begin(trigger.Id, job.Name, attempt, context.Device, boot, now);
        if (!StepJobs.IsStep(job.Name))
            latestStatus.Note(job.Name, RunStatus.Running, runId);
        if (isFlow)
        {
            BeginFlow(trigger, job, runId, attempt, merged, details.Origin);
            return;
        }

        if (job.Place.Kind.OutlivesDaemon)
            queue.Runs.RecordContainer(runId, ContainerOwner.NameOf(context.DatabaseId, runId));
        var trace = RunTrace.Of(context.DatabaseId, trigger.Id, runId, details.Origin.TraceParent);
        var request = new RunRequest(runId, trigger.Id, job, attempt, merged.Args, merged.Kwargs)
        {
            Trace = trace,
            TraceParent = trace.ForProgram(context.IsTraced),
        };
        _claimed.Add(new ClaimedRun(request, trigger.Source, details.Origin, now));
    }
}
