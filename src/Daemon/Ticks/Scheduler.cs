using Aios.Jobs;
using Aios.Scheduling;
using Aios.Store;
using Aios.Store.Jobs;
using Aios.Store.Runs;
using Aios.Store.Triggers;

namespace Aios.Daemon.Ticks;

/// <summary>
/// Turns due occurrences into triggers. It keeps no truth of its own: each time it reads the job's cursor from the
/// database, in the transaction that writes the trigger, so that devices, restarts and clock changes cannot make an
/// occurrence run twice or be passed over.
/// </summary>
internal sealed class Scheduler(DaemonContext context)
{
    private const double LongestSpreadSeconds = 60;

    // A job whose row cannot be handled is looked at again.
    private static readonly TimeSpan AfterFault = RowFaults.Lapse;
    private static readonly TimeSpan AfterRefusal = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, (Job Job, ISchedule Schedule)> _followed = [];
    private readonly Dictionary<string, ISchedule> _outgoing = [];
    private readonly PriorityQueue<string, DateTimeOffset> _agenda = new();
    private readonly Dictionary<string, DateTimeOffset> _next = [];
    private DateTimeOffset? _changed;

    /// <summary>When the next occurrence is due, UTC; null if there is none.</summary>
    public DateTimeOffset? NextDue
    {
        get
        {
            DropOutdated();
            return _agenda.TryPeek(out _, out var due) ? due : null;
        }
    }

    /// <summary>The scheduled jobs that this device can run.</summary>
    public IReadOnlyCollection<string> Followed => _followed.Keys;

    /// <summary>Takes over a new list; all its jobs have to be advanced then.</summary>
    /// <param name="jobs">Those that this device can run.</param>
    /// <param name="changed">When the list was changed: up to then the former schedules were in force. Null is now.</param>
    public void Follow(IEnumerable<Job> jobs, DateTimeOffset? changed = null)
    {
        var former = new Dictionary<string, (Job Job, ISchedule Schedule)>(_followed);
        _changed = changed;
        _followed.Clear();
        _next.Clear();
        _agenda.Clear();
        foreach (var job in jobs)
        {
            if (JobSchedules.Of(job, context.DatabaseId) is not { } schedule)
                continue;
            _followed[job.Name] = (job, schedule);
            if (former.GetValueOrDefault(job.Name).Schedule is { } before && before.Identity != schedule.Identity)
                _outgoing.TryAdd(job.Name, before);
        }
    }

    /// <summary>The new list is in the database: what its jobs had before is done with.</summary>
    public void Settle()
    {
        _outgoing.Clear();
        _changed = null;
    }

    /// <summary>
    /// Says which schedules this device follows from now on. A schedule that it did not follow before has missed nothing,
    /// also where a device that has gone once followed it. A device that is new here goes on where others have stopped.
    /// </summary>
    public void TakeUp(IStoreTransaction queue)
    {
        var former = queue.Devices.SchedulesOf(context.Device);
        if (former.Count == 0)
            return;
        foreach (var (name, (_, schedule)) in _followed)
        {
            if (former.GetValueOrDefault(name) != schedule.Identity)
                queue.Schedules.ForgetUnlessFollowed(name, schedule.Identity, context.Device);
        }
    }

    /// <summary>The jobs whose next occurrence is due.</summary>
    public List<string> Due(DateTimeOffset now)
    {
        var due = new List<string>();
        while (NextDue <= now)
            due.Add(_agenda.Dequeue());
        foreach (var name in due)
            _next.Remove(name);
        return due;
    }

    /// <summary>When the next occurrence of a job comes, as far as known.</summary>
    public void Expect(string jobName, DateTimeOffset? next)
    {
        if (next is not { } at)
        {
            _next.Remove(jobName);
            return;
        }

        _next[jobName] = at;
        _agenda.Enqueue(jobName, at);
    }

    /// <summary>
    /// Writes a trigger for each occurrence of these jobs that is due, and moves their cursors; the answer says when
    /// each is due next.
    /// </summary>
    public List<(string JobName, DateTimeOffset? Next)> Advance(
        IStoreTransaction queue,
        RowGuard guard,
        IEnumerable<string> jobNames,
        IReadOnlyDictionary<string, JobHold> holds,
        TickTally tally,
        DateTimeOffset now
    )
    {
        var next = new List<(string JobName, DateTimeOffset? Next)>();
        var made = new List<NewTrigger>();
        var former = new Dictionary<string, IReadOnlyList<ScheduleCursor>>(StringComparer.Ordinal);
        foreach (var name in jobNames)
        {
            if (!_followed.TryGetValue(name, out var followed))
                continue;
            var (before, at) = (made.Count, (DateTimeOffset?)(now + AfterFault));
            var isHandled = guard.Do(
                "schedules",
                name,
                () =>
                {
                    if (guard.IsCareful || guard.LeftOut("triggers") > 0)
                        former[name] = queue.Schedules.Of(name);
                    at = AdvanceOne(queue, followed.Job, followed.Schedule, now, made);
                },
                _ =>
                {
                    // Nothing can be told from such a row, so it begins anew.
                    queue.Schedules.Put(new ScheduleCursor(name, followed.Schedule.Identity, now, null));
                    at = now;
                }
            );
            if (!isHandled)
                made.RemoveRange(before, made.Count - before);
            next.Add((name, at));
        }

        for (var i = 0; i < made.Count; i++)
        {
            if (holds.TryGetValue(made[i].JobName, out var hold))
                made[i] = made[i] with { Status = RunStatus.Skipped, Reason = hold.Reason(made[i].JobName) };
        }

        var unmade = new HashSet<string>(StringComparer.Ordinal);
        foreach (var trigger in context.Settings.UntilIdle ? made : Spread(made, now))
        {
            var isMade = guard.Do("triggers", trigger.DedupKey ?? trigger.JobName, () =>
            {
                if (queue.Triggers.Add(trigger) is not null)
                    tally.Occurrences.Add(trigger);
            });
            if (!isMade)
                unmade.Add(trigger.JobName);
        }

        // An occurrence that could not be written down is not over: its schedule stays where it was.
        foreach (var name in unmade)
        {
            guard.Do("schedules", $"{name} (as it was)", () => queue.Schedules.Restore(name, former[name]));
            next.RemoveAll(expected => expected.JobName == name);
            next.Add((name, now + AfterRefusal));
        }

        return next;
    }

    private DateTimeOffset? AdvanceOne(IStoreTransaction queue, Job job, ISchedule schedule, DateTimeOffset now, List<NewTrigger> made)
    {
        var (identity, stored) = (schedule.Identity, queue.Schedules.Of(job.Name));
        var own = stored.FirstOrDefault(cursor => cursor.Schedule == identity);
        var position = own is not null ? PositionOf(own) : Begin(queue, job, schedule, stored, now, made);
        var (plan, moved) = position.Follow(schedule, now, job.Schedule.CatchUp);
        foreach (var occurrence in plan.Due)
            made.Add(Occurring(queue, job, schedule, occurrence, now));
        if (own is null || moved != position)
            Put(queue, job, identity, moved);
        if (own is null)
            queue.Schedules.ForgetOthers(job.Name, identity);
        return plan.Next;
    }

    private SchedulePosition Begin(
        IStoreTransaction queue,
        Job job,
        ISchedule schedule,
        IReadOnlyList<ScheduleCursor> stored,
        DateTimeOffset now,
        List<NewTrigger> made
    )
    {
        var since = _changed < now ? _changed.Value : now;
        var newest = queue.Config.NewestInstant() ?? now;
        var former = EndOutgoing(queue, job, stored, since, now, made) ?? Latest(stored);
        if (former is not null || !schedule.CountsFromLastStart)
            return SchedulePosition.Begin(schedule, former, since, now, newest);
        // Once at first sight, then from start to start.
        made.Add(Occurring(queue, job, schedule, new PlannedOccurrence(Occurrence.AtInstant(now), false, null, false), now));
        return SchedulePosition.Begin(schedule, null, now, now, newest);
    }

    // What came due of the former schedule before the list was changed is not lost because nobody had the time to see it.
    private SchedulePosition? EndOutgoing(
        IStoreTransaction queue,
        Job job,
        IReadOnlyList<ScheduleCursor> stored,
        DateTimeOffset until,
        DateTimeOffset now,
        List<NewTrigger> made
    )
    {
        if (
            !_outgoing.TryGetValue(job.Name, out var schedule)
            || stored.FirstOrDefault(cursor => cursor.Schedule == schedule.Identity) is not { } cursor
        )
            return null;
        var (plan, moved) = PositionOf(cursor).Follow(schedule, until, job.Schedule.CatchUp);
        foreach (var occurrence in plan.Due)
            made.Add(Occurring(queue, job, schedule, occurrence, now));
        Put(queue, job, cursor.Schedule, moved);
        return moved;
    }

    private static SchedulePosition? Latest(IReadOnlyList<ScheduleCursor> stored) =>
        stored.Count == 0 ? null : PositionOf(stored.MaxBy(cursor => cursor.Cursor)!);

    private static SchedulePosition PositionOf(ScheduleCursor stored) => new(stored.Cursor, stored.Resumed);

    private static void Put(IStoreTransaction queue, Job job, string identity, SchedulePosition position) =>
        queue.Schedules.Put(new ScheduleCursor(job.Name, identity, position.Reached, position.Resumed));

    private static NewTrigger Occurring(IStoreTransaction queue, Job job, ISchedule schedule, PlannedOccurrence planned, DateTimeOffset now)
    {
        var trigger = new NewTrigger(job.Name, planned.IsCatchUp ? TriggerSource.CatchUp : TriggerSource.Schedule, now)
        {
            Priority = job.Priority,
            Occurrence = planned.Occurrence.At,
            DedupKey = KeyOf(queue, job, schedule, planned.Occurrence),
            Note = planned.Reason,
        };
        if (planned.Skip)
            return trigger with { Status = RunStatus.Skipped, Reason = planned.Reason };
        if (planned.IsCatchUp || Overlaps.Policy(job, isOccurrence: true, planned.IsCatchUp) != Overlap.Skip)
            return trigger;
        if (queue.Triggers.OpenOccurrence(job.Name) is { } open)
            return trigger with
            {
                Status = RunStatus.Skipped,
                Reason = $"overlap: trigger {open} of an earlier occurrence is not over yet",
            };
        if (queue.Triggers.MakeUpsDue(job.Name) is not { } due || due <= now)
            return trigger;
        return trigger with { Status = RunStatus.Waiting, Due = due, Reason = "in its turn behind what makes up for missed occurrences" };
    }

    // A clock that was set back comes by the same instants again. For a time on the wall that is the same
    // occurrence; an interval knows only how long ago it ran, which its cursor says, so it goes on under another key.
    private static string KeyOf(IStoreTransaction queue, Job job, ISchedule schedule, Occurrence occurrence)
    {
        var key = OccurrenceKey.Of(job.Name, occurrence);
        return schedule.CountsFromLastStart && queue.Triggers.WithDedupKey(key) is not null
            ? $"{key}.{queue.Triggers.NewestId() + 1}"
            : key;
    }

    // After a long sleep everything is due at once; a machine that has just woken should not be felled by it.
    private static IEnumerable<NewTrigger> Spread(List<NewTrigger> triggers, DateTimeOffset now)
    {
        var catchingUp = triggers.Count(trigger => trigger.Source == TriggerSource.CatchUp && trigger.Status == RunStatus.Queued);
        var step = TimeSpan.FromSeconds(Math.Min(1, LongestSpreadSeconds / Math.Max(catchingUp, 1)));
        var place = 0;
        foreach (var trigger in triggers)
        {
            var later = trigger.Source == TriggerSource.CatchUp && trigger.Status == RunStatus.Queued && place++ > 0;
            if (!later)
            {
                yield return trigger;
                continue;
            }

            var at = now + (step * (place - 1));
            yield return trigger with
            {
                Status = RunStatus.Waiting,
                Due = at,
                Reason = $"spread: one of {catchingUp} that were missed and are made up for one after another",
            };
        }
    }

    private void DropOutdated()
    {
        while (_agenda.TryPeek(out var name, out var due) && (!_next.TryGetValue(name, out var next) || next != due))
            _agenda.Dequeue();
    }
}
