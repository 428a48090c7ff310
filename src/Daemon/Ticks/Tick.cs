using Aios.Daemon.Alarms;
using Aios.Daemon.Claiming;
using Aios.Daemon.History;
using Aios.Flows;
using Aios.Jobs.Schedules;
using Aios.Notices;
using Aios.Store;
using Aios.Store.Events;
using Aios.Store.Jobs;
using Aios.Store.Logs;
using Aios.Store.Runs;
using Aios.Store.Triggers;

namespace Aios.Daemon.Ticks;

/// <summary>
/// One tick of the daemon, in one transaction: writes down what happened, puts what is due into the line, and claims
/// what may start. Nothing outside the database is changed, so that it can be done again after a rollback.
/// </summary>
internal sealed class Tick(DaemonContext context, Scheduler scheduler, FlowPlans plans, TickInput input)
{
    // A transaction stays short whatever number of rows is due or new.
    private const int RowsAtOnce = 1000;
    private const string RestartPrefix = "RESTART_";

    private RowGuard _guard = null!;
    private bool _linesWereWorthwhile = true;
    private bool _hasRun;

    /// <summary>Does it.</summary>
    public TickResult Run(IStoreTransaction queue)
    {
        _guard = new RowGuard(queue, input.LeftOut, input.IsCareful);
        var renumbered = queue.RenumberUnusable(input.Now);
        if (input.SeenId is null)
            _guard.Do("holds", "that have ended", () => queue.Holds.RemoveEnded(context.Device));
        var holds = queue.Holds.All();
        var alarms = new JobAlarms(context, input.List, holds, queue, _guard, input.Now);
        var pings = new JobPings();
        var tally = new TickTally();
        var health = new JobHealthKeeper(input.List, holds, queue, input.Now, alarms, pings);
        var latestStatus = new LatestJobStatus();
        var settlement = new Settlement(context, input.List, holds, queue, _guard, tally, latestStatus, plans, input.Now, health);
        // What was read of lists has perhaps been rolled back.
        if (_hasRun || input.IsCareful)
            plans.Items.Clear();
        _hasRun = true;
        Record(queue, settlement);
        var givenUp = false;
        if (input.Beats)
            _guard.Do("devices", context.Device, () => givenUp = !Beat(queue));
        var releasing = new SortedDictionary<string, long>(input.Releasing.ToDictionary(), StringComparer.Ordinal);
        if (input.ListIsNew)
            TakeOverList(queue, alarms, holds, releasing);
        var rewinds = input.ListIsNew || input.Inbox.Ended.Any(run => run.End.Ended > input.Now);
        var places = new LineSlices(input, queue, _guard, (id, reason) => Fail(queue, id, reason)).Do(rewinds);
        if (rewinds)
            _guard.Do("steps", "that wait", () => queue.Flows.Rewind(input.Now));
        if (input.ListWasTakenOver)
            _guard.Do("events", EventKinds.ListReloaded, () => queue.Events.Add(EventKinds.ListReloaded, context.Device));
        if (input.Beats)
            Tend(queue, health, alarms);
        var notices = new ApprovalNotices(context, input.List, queue, input.Now);
        var flows = new FlowSteps(plans, queue, _guard, settlement, notices, input.Now);
        flows.Advance();
        var lifted = Lift(queue, holds, releasing);
        foreach (var name in releasing.Keys.ToList())
            Release(queue, name, releasing);
        if ((input.Beats || lifted) && !context.Settings.UntilIdle && input.Claimable is not null)
            Add(queue, StartedBy.Always, TriggerSource.Always, holds);
        var promoted = _guard.Bulk(
            "triggers",
            () => queue.Triggers.Promote(input.Now, RowsAtOnce),
            leftOut => queue.Triggers.ToPromote(input.Now, RowsAtOnce + leftOut),
            queue.Triggers.Release,
            (id, reason) => Fail(queue, id, reason)
        );
        var expected = scheduler.Advance(queue, _guard, input.DueJobs, holds, tally, input.Now);
        if (input.ListIsNew)
            _guard.Do("schedules", "of no job", queue.Schedules.ForgetUnlisted);
        var newest = input.Beats ? queue.Config.NewestInstant() : null;
        if (input.Beats)
            _guard.Do("config", "newest_instant", () => queue.Config.NoteInstant(input.Now));
        if (input.StartIdle)
            Add(queue, StartedBy.Idle, TriggerSource.Idle, holds);
        var (seen, hasMore) = LookAtNewcomers(queue, holds, flows);
        var admission = new Admission(context, input.List, holds, queue, input.Now, input.Claimable ?? 0, input.Quiet)
        {
            ListIsChanging = input.ListIsChanging,
            ListTrouble = input.ListTrouble,
            Plans = plans,
            FreeCalls = input.FreeCalls,
            StepJobsMade = flows.Jobs,
        };
        var claims = new Claims(context, input.List, queue, _guard, admission, latestStatus, flows, input.Now);
        var claimed = input.Claimable is null ? [] : Take(claims, flows);
        if (!hasMore)
            seen = LookAtMade(queue, holds, flows, seen);
        foreach (var claim in claimed)
            NoteStart(claim, health, pings);
        _guard.Conclude();
        latestStatus.Write(queue, _guard, context.Device, input.Now);
        _guard.Conclude();
        queue.UnwatchChanges();
        return new TickResult(claimed)
        {
            Tally = tally,
            NextDue = Earlier(NextDue(queue), flows.NextDue),
            Expected = expected,
            SeenId = seen,
            HasMore =
                hasMore
                || promoted >= RowsAtOnce
                || claims.HasMore
                || releasing.Count > 0
                || !places.IsDone
                || _guard.Found.Any(fault => fault.FailsForAll is null)
                || renumbered
                || flows.HasMore,
            Releasing = releasing,
            LinePlaces = places,
            Faults = _guard.Found,
            Worked = _guard.Worked,
            Unwritten = Unwritten(),
            LacksSlots = admission.LacksSlots,
            AwaitingRetry = context.Settings.UntilIdle ? queue.Triggers.AwaitingRetry() + queue.Flows.AwaitingTime() : 0,
            WasGivenUp = givenUp,
            Holds = holds,
            Reconciliations = queue.Calls.Reconciliations(),
            LogLevel = LogLevel.Parse(queue.Config.Find(LiveSettings.NameOf(LiveSettings.LogLevelKey))),
            ToStop = queue.Runs.ToStop(context.Device),
            NextNotice = queue.Notices.NextDue(context.Device),
            Pings = pings.Found,
            HasBeaten = input.Beats,
            NewestInstant = newest,
        };
    }

    private bool Beat(IStoreTransaction queue)
    {
        var (device, boot) = (context.Device, context.BootId);
        if (!queue.Devices.Beat(device, boot, input.Now, input.Trouble, input.Engine, input.Stalls is not null))
            return false;
        if (input.Stalls is { } stalls)
            queue.Devices.Stall(device, boot, input.Now, stalls);
        return true;
    }

    private void Tend(IStoreTransaction queue, JobHealthKeeper health, JobAlarms alarms)
    {
        _guard.Do("job_health", "of all jobs", health.Tend);
        alarms.Tend();
        _guard.Do("notices", "of others", () => queue.Notices.TakeOver(context.Device, input.Now));
    }

    private void NoteStart(ClaimedRun claim, JobHealthKeeper health, JobPings pings)
    {
        _guard.Do("job_health", claim.Request.Job.Name, () => health.NoteStart(claim.Request.Job));
        pings.NoteStart(claim);
    }

    private void Record(IStoreTransaction queue, Settlement settlement)
    {
        _linesWereWorthwhile = _guard.Each("logs", input.Inbox.Lines, KeyOf, line => queue.Logs.Append(line, context.Device));
        _guard.Each(
            "runs",
            input.Inbox.Started,
            started => $"{started.RunId} (its process)",
            started => queue.Runs.RecordProcess(started.RunId, started.JobName, started.Process)
        );
        foreach (var ended in input.Inbox.Ended)
            settlement.Settle(ended);
    }

    private static string KeyOf(LogLine line) => $"of {line.At:O}";

    // What no line of the log can be written for is kept for later.
    private List<LogLine> Unwritten()
    {
        var faults = _guard
            .Found.Where(fault => fault is { Table: "logs", FailsForAll: not null })
            .Select(fault => fault.Key)
            .ToHashSet(StringComparer.Ordinal);
        if (faults.Count == 0)
            return [];
        return [.. input.Inbox.Lines.Where(line => !_linesWereWorthwhile || faults.Contains(KeyOf(line)))];
    }

    // The first steps of a flow start in the tick in which it begins.
    private static List<ClaimedRun> Take(Claims claims, FlowSteps flows)
    {
        List<ClaimedRun> claimed;
        do
        {
            claims.HasBegunFlows = false;
            claimed = claims.Take();
        } while (!claims.HasMore && (claims.HasBegunFlows || flows.AdvanceWoken()));
        return claimed;
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => one < other || other is null ? one : other;

    // What is left out is not due before it is tried again.
    private DateTimeOffset? NextDue(IStoreTransaction queue)
    {
        var (due, earliest) = (queue.Triggers.NextDue(), input.Now + TimeSpan.FromSeconds(1));
        return due < earliest && _guard.LeftOut("triggers") + _guard.Found.Count > 0 ? earliest : due;
    }

    // What was held is judged again. True if a job may run again.
    private bool Lift(IStoreTransaction queue, Dictionary<string, JobHold> holds, SortedDictionary<string, long> releasing)
    {
        if (input.Holds is not { Count: > 0 } former)
            return false;
        var lifted = former.Keys.Where(name => !holds.ContainsKey(name)).ToList();
        foreach (var name in lifted)
            releasing[name] = 0;
        if (lifted.Count > 0)
            foreach (
                var name in queue.Triggers.NamesHeld().Where(name => StepJobs.IsStep(name) && lifted.Contains(StepJobs.FlowJobOf(name)))
            )
                releasing[name] = 0;
        return lifted.Count > 0;
    }

    // Of one job there may be a million, so they are taken in slices, and other jobs start meanwhile.
    private void Release(IStoreTransaction queue, string name, SortedDictionary<string, long> releasing)
    {
        var held = queue.Triggers.Held(name, releasing[name], RowsAtOnce);
        var isWorthwhile = _guard.Each("triggers", held, id => id, queue.Triggers.Release, (id, reason) => Fail(queue, id, reason));
        if (isWorthwhile && held.Count == RowsAtOnce)
            releasing[name] = held[^1];
        else
            releasing.Remove(name);
    }

    private void Fail(IStoreTransaction queue, long triggerId, string reason) =>
        queue.Triggers.Close(triggerId, RunStatus.Failed, reason, input.Now);

    // The table takes one open trigger of this kind for each job, and ignores a second.
    private void Add(IStoreTransaction queue, StartedBy starter, string source, Dictionary<string, JobHold> holds)
    {
        foreach (var job in input.List.Of(starter))
        {
            if (
                holds.ContainsKey(job.Name)
                || !JobEligibility.CanRun(job, context.Settings.Tags)
                || queue.Triggers.HasOpen(job.Name, source)
            )
                continue;
            _guard.Do("triggers", $"of {source} job {job.Name}", () =>
                queue.Triggers.Add(new NewTrigger(job.Name, source, input.Now) { Priority = job.Priority })
            );
        }
    }

    private void TakeOverList(
        IStoreTransaction queue,
        JobAlarms alarms,
        Dictionary<string, JobHold> holds,
        SortedDictionary<string, long> releasing
    )
    {
        _guard.Do("schedules", "that are new", () => scheduler.TakeUp(queue));
        var changes = queue.Devices.PutJobs(context.Device, input.List.Jobs.Select(job => JobDefinition.Of(job, context)), (name, put) =>
            _guard.Do("device_jobs", name, put)
        );
        foreach (var change in changes.Where(change => change.Before is not null))
            _guard.Do("holds", change.JobName, () => Revive(queue, holds, change.JobName));
        if (changes.Count > 0)
            _guard.Do("audit", "of the job list", () => queue.Audit.Append(DaemonAudit.ListChanged(context, changes, input.Now)));
        foreach (var change in changes.Where(change => change is { Before: not null, After: not null }))
            _guard.Do("job_health", change.JobName, () => Renew(queue, change.JobName));
        _guard.Do("job_health", "of no job", queue.Health.ForgetUnlisted);
        _guard.Do("alarms", "of no job", alarms.ForgetUnlisted);
        _guard.Do("notices", "that wait", () => queue.Notices.Rewind(input.Now, NoticeDispatcher.LongestWait));
        foreach (var name in queue.Triggers.NamesHeld().Where(name => IsToBeReleased(name, holds)))
            releasing[name] = 0;
    }

    // What may run, and what no list has any more, is judged again.
    private bool IsToBeReleased(string name, Dictionary<string, JobHold> holds) =>
        input.List.Find(name) is not { } job || (!holds.ContainsKey(name) && JobEligibility.CanRun(job, context.Settings.Tags));

    // A job that ended as it was may run as it is now.
    private static void Revive(IStoreTransaction queue, Dictionary<string, JobHold> holds, string jobName)
    {
        if (holds.GetValueOrDefault(jobName) is not { Kind: HoldKind.Ended })
            return;
        holds.Remove(jobName);
        queue.Holds.Remove(jobName);
    }

    // What failed may have failed because of what was changed.
    private void Renew(IStoreTransaction queue, string jobName)
    {
        if (input.List.Find(jobName) is { Enabled: false })
            queue.Health.Forget(jobName);
        else
            queue.Renew(jobName);
    }

    // Foreign rows get what their columns left open, and those that can never run are told so at once, even while all slots are taken.
    private (long Seen, bool HasMore) LookAtNewcomers(IStoreTransaction queue, Dictionary<string, JobHold> holds, FlowSteps flows)
    {
        var newest = queue.Triggers.NewestId();
        var seen = input.SeenId ?? (queue.Triggers.OldestQueuedId() ?? (newest + 1)) - 1;
        var upTo = newest <= seen ? newest : queue.Triggers.OpenAfter(seen, RowsAtOnce) ?? newest;
        _guard.Do("triggers", "with an odd status", () => queue.Triggers.MendStatus(input.SeenId ?? newest, upTo));
        if (newest <= seen)
            return (newest, false);
        var admission = FirstLook(queue, holds, flows);
        var made = flows.TakeMade();
        if (!IsRow(made) || made[0].Id <= seen || made[^1].Id > upTo)
        {
            Welcome(queue, seen, upTo, admission);
            return (upTo, upTo < newest);
        }

        Welcome(queue, seen, made[0].Id - 1, admission);
        Welcome(queue, made, admission);
        Welcome(queue, made[^1].Id, upTo, admission);
        return (upTo, upTo < newest);
    }

    // What flows that began in this tick have put into the line. The answer is the last row that was looked at.
    private long LookAtMade(IStoreTransaction queue, Dictionary<string, JobHold> holds, FlowSteps flows, long seen)
    {
        var made = flows.TakeMade();
        if (!IsRow(made) || made[0].Id != seen + 1)
            return seen;
        Welcome(queue, made, FirstLook(queue, holds, flows));
        return made[^1].Id;
    }

    private static bool IsRow(IReadOnlyList<MadeTrigger> made) => made.Count > 0 && made[^1].Id - made[0].Id == made.Count - 1;

    private Admission FirstLook(IStoreTransaction queue, Dictionary<string, JobHold> holds, FlowSteps flows) =>
        new(context, input.List, holds, queue, input.Now, 0, quiet: false)
        {
            ListIsChanging = input.ListIsChanging,
            ListTrouble = input.ListTrouble,
            Plans = plans,
            StepJobsMade = flows.Jobs,
            IsFirstLook = true,
        };

    // AIOS knows what it has written itself: its columns need no judgement. Jobs of the list have their own priority.
    private void Welcome(IStoreTransaction queue, IReadOnlyList<MadeTrigger> made, Admission admission)
    {
        foreach (var (id, name, job) in made)
        {
            if (job is null)
                Welcome(queue, id - 1, id, admission);
            else
                TurnAway(queue, new QueuedTrigger(id, name, TriggerSource.Flow, 0, null, 0), admission);
        }
    }

    private void Welcome(IStoreTransaction queue, long after, long upTo, Admission admission)
    {
        if (after >= upTo)
            return;
        _guard.Each(
            "triggers",
            queue.Triggers.Between(after, upTo),
            newcomer => newcomer.Trigger.Id,
            newcomer => Welcome(queue, newcomer, admission),
            (newcomer, reason) => Fail(queue, newcomer.Trigger.Id, reason)
        );
    }

    // Users of the original restart a job by a row of this name.
    private bool TryRestart(IStoreTransaction queue, QueuedTrigger trigger)
    {
        if (!trigger.JobName!.StartsWith(RestartPrefix, StringComparison.Ordinal) || input.List.Find(trigger.JobName) is not null)
            return false;
        if (input.List.Find(trigger.JobName[RestartPrefix.Length..]) is not { } job)
            return false;
        var runs = queue.Restart(job.Name);
        queue.Triggers.Close(
            trigger.Id,
            RunStatus.Succeeded,
            runs.Count > 0 ? $"restarted run {string.Join(", ", runs)}" : "nothing of the job ran",
            input.Now
        );
        return true;
    }

    private void Welcome(IStoreTransaction queue, NewcomerTrigger newcomer, Admission admission)
    {
        var trigger = newcomer.Trigger;
        if (newcomer.Defect is { } defect)
        {
            Fail(queue, trigger.Id, queue.Triggers.Explain(trigger.Id, defect));
            return;
        }

        if (TryRestart(queue, trigger))
            return;
        if (!newcomer.HasPriority && input.List.Find(trigger.JobName!) is { Priority: not 0 and var priority })
            queue.Triggers.TakePriority(trigger.Id, priority);
        TurnAway(queue, trigger, admission);
    }

    private void TurnAway(IStoreTransaction queue, QueuedTrigger trigger, Admission admission)
    {
        var verdict = admission.Judge(trigger);
        // What is to be skipped is decided when it would be claimed.
        if (verdict is not Verdict.Close { Status: not RunStatus.Failed })
            verdict.TurnAway(queue.Triggers, trigger.Id, input.Now);
    }
}
