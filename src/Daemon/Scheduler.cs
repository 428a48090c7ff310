using Aios.Jobs;
using Aios.Queue;
using Aios.Scheduling;

namespace Aios.Daemon;

/// <summary>
/// Turns due occurrences into triggers. It keeps no truth of its own: each time it reads the job's cursor from the
/// database, in the transaction that writes the trigger, so that devices, restarts and clock changes cannot make an
/// occurrence run twice or be passed over.
/// </summary>
internal sealed class Scheduler(DaemonContext context)
{
    private const double LongestSpreadSeconds = 60;
    private readonly Dictionary<string, (Job Job, ISchedule Schedule)> _followed = [];
    private readonly PriorityQueue<string, DateTimeOffset> _agenda = new();
    private readonly Dictionary<string, DateTimeOffset> _next = [];

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
    public void Follow(IEnumerable<Job> jobs)
    {
        _followed.Clear();
        _next.Clear();
        _agenda.Clear();
        foreach (var job in jobs)
        {
            if (JobSchedules.Of(job, context.DatabaseId) is { } schedule) _followed[job.Name] = (job, schedule);
        }
    }

    /// <summary>The jobs whose next occurrence is due.</summary>
    public List<string> Due(DateTimeOffset now)
    {
        var due = new List<string>();
        while (NextDue <= now) due.Add(_agenda.Dequeue());
        foreach (var name in due) _next.Remove(name);
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
    public List<(string JobName, DateTimeOffset? Next)> Advance(QueueTransaction queue, IEnumerable<string> jobNames, IReadOnlyDictionary<string, Hold> holds, PassTally tally, DateTimeOffset now)
    {
        var next = new List<(string, DateTimeOffset?)>();
        var made = new List<NewTrigger>();
        foreach (var name in jobNames)
        {
            if (!_followed.TryGetValue(name, out var followed)) continue;
            next.Add((name, AdvanceOne(queue, followed.Job, followed.Schedule, now, made)));
        }

        for (var i = 0; i < made.Count; i++)
        {
            if (holds.TryGetValue(made[i].JobName, out var hold)) made[i] = made[i] with { Status = RunStatus.Skipped, Reason = hold.Reason(made[i].JobName) };
        }

        foreach (var trigger in context.Settings.UntilIdle ? made : Spread(made, now))
        {
            if (queue.Triggers.Add(trigger) is not null) tally.Occurrences.Add(trigger);
        }

        return next;
    }

    private static DateTimeOffset? AdvanceOne(QueueTransaction queue, Job job, ISchedule schedule, DateTimeOffset now, List<NewTrigger> made)
    {
        var stored = queue.Schedules.Find(job.Name);
        if (stored is null && job.Type == JobType.Interval)
        {
            // Once at first sight, then from start to start.
            made.Add(Occurring(queue, job, new PlannedOccurrence(new Occurrence(now, $"{now.ToUnixTimeMilliseconds()}"), false, null, false), now));
        }

        var cursor = CursorOf(stored, job, schedule, now);
        var plan = OccurrencePlanner.Plan(schedule, cursor, now, job.CatchUp);
        foreach (var occurrence in plan.Due) made.Add(Occurring(queue, job, occurrence, now));
        var words = schedule.ToString()!;
        if (stored is null || stored.Cursor != plan.Cursor || stored.Schedule != words) queue.Schedules.Put(job.Name, words, plan.Cursor);
        return plan.Next;
    }

    // A schedule that was changed has missed nothing, as one seen for the first time; an interval goes on from its last start.
    private static DateTimeOffset CursorOf(ScheduleCursor? stored, Job job, ISchedule schedule, DateTimeOffset now)
    {
        if (stored is null) return now;
        return job.Type == JobType.Interval || stored.Schedule == schedule.ToString() ? stored.Cursor : now;
    }

    private static NewTrigger Occurring(QueueTransaction queue, Job job, PlannedOccurrence planned, DateTimeOffset now)
    {
        var trigger = new NewTrigger(job.Name, planned.IsCatchUp ? TriggerSource.CatchUp : TriggerSource.Schedule, now)
        {
            Priority = job.Priority,
            Occurrence = planned.Occurrence.At,
            DedupKey = KeyOf(queue, job, planned.Occurrence),
            Note = planned.Reason,
        };
        if (planned.Skip) return trigger with { Status = RunStatus.Skipped, Reason = planned.Reason };
        if (planned.IsCatchUp || Overlaps.Policy(job, isOccurrence: true, planned.IsCatchUp) != Overlap.Skip) return trigger;
        if (queue.Triggers.OpenOccurrence(job.Name) is not { } open) return trigger;
        return trigger with { Status = RunStatus.Skipped, Reason = $"overlap: trigger {open} of an earlier occurrence is not over yet" };
    }

    // A clock that was set back comes by the same instants again. For a date or a time on the wall that is the same
    // occurrence; an interval knows only how long ago it ran, which its cursor says, so it goes on under another key.
    private static string KeyOf(QueueTransaction queue, Job job, Occurrence occurrence)
    {
        var key = $"occurrence:{job.Name}@{occurrence.Key}";
        return job.Type == JobType.Interval && queue.Triggers.WithDedupKey(key) is not null ? $"{key}.{queue.Triggers.NewestId() + 1}" : key;
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
            yield return trigger with { Status = RunStatus.Waiting, Due = at, Reason = $"spread: one of {catchingUp} that were missed and are made up for one after another" };
        }
    }

    private void DropOutdated()
    {
        while (_agenda.TryPeek(out var name, out var due) && (!_next.TryGetValue(name, out var next) || next != due)) _agenda.Dequeue();
    }
}
