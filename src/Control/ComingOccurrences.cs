using Aios.Jobs;
using Aios.Scheduling;
using Aios.Store;
using Aios.Store.Jobs;

namespace Aios.Control;

/// <summary>When jobs will run, as far as the database tells: what the daemon does, found by the same rules and ahead of time.</summary>
internal sealed class ComingOccurrences
{
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);
    private readonly DateTimeOffset _now;
    private readonly string? _databaseId;
    private readonly IReadOnlyDictionary<string, JobHold> _holds;
    private readonly ILookup<string, ScheduleCursor> _cursors;
    private readonly IReadOnlySet<string> _taken = new HashSet<string>();
    private readonly DateTimeOffset _newest;

    /// <summary>Reads what the database tells.</summary>
    public ComingOccurrences(IStoreReader? reader, DateTimeOffset now)
    {
        _now = now;
        _databaseId = reader?.DatabaseId();
        _holds = reader?.Holds() ?? new Dictionary<string, JobHold>();
        _cursors = reader?.Cursors() ?? Enumerable.Empty<ScheduleCursor>().ToLookup(cursor => cursor.JobName);
        _newest = reader?.NewestInstant() ?? now;
        // After a clock was set back, what it shows again may have run already.
        var behind = _cursors.SelectMany(cursors => cursors).Where(cursor => cursor.Resumed is not null || cursor.Cursor > now).ToList();
        if (behind.Count > 0)
            _taken = reader!.OccurrencesAfter(behind.Min(cursor => cursor.Resumed < now ? cursor.Resumed.Value : now));
    }

    /// <summary>
    /// What is not started yet counts as started now, and what is not drawn yet as drawn somehow, so that a list can be tried
    /// out.
    /// </summary>
    public bool IsTrial { get; init; }

    /// <summary>
    /// Those of a job, earliest first, found one by one as they are asked for; none if no clock starts it, or it is held.
    /// </summary>
    /// <param name="job">The job.</param>
    /// <param name="from">None earlier; null for now.</param>
    public IEnumerable<ComingOccurrence> Of(Job job, DateTimeOffset? from = null)
    {
        if (WhyNone(job) is not null || JobSchedules.Of(job, _databaseId ?? "") is not { } schedule)
            yield break;
        var isFromNow = from is null || from <= _now;
        if (NotKnownYet(job, schedule) is { } unknown && (isFromNow || !IsTrial))
        {
            yield return unknown;
            if (!IsTrial)
                yield break;
        }

        var (plan, position) = PositionOf(job, schedule).Follow(schedule, _now, job.Schedule.CatchUp);
        if (isFromNow && !IsTrial && plan.Due.LastOrDefault(due => !due.Skip && !IsTaken(job, schedule, due.Occurrence)) is { } overdue)
            yield return ComingOccurrence.Overdue(job.Name, overdue.Reason);
        var timetable = schedule.TimetableFrom(plan.Cursor);
        for (var next = timetable.Next(Max(plan.Cursor, from - Tick)); next is { } occurrence; next = timetable.Next(occurrence.At))
        {
            if (occurrence.At > position.Reached || !IsTaken(job, schedule, occurrence))
                yield return new ComingOccurrence(job.Name, occurrence.At);
        }
    }

    /// <summary>Those of several jobs, earliest first, found one by one; what is not known yet comes before all.</summary>
    public IEnumerable<ComingOccurrence> Of(IEnumerable<Job> jobs, DateTimeOffset? from)
    {
        var ahead = new PriorityQueue<IEnumerator<ComingOccurrence>, (DateTimeOffset At, int Place)>();
        var place = 0;
        foreach (var job in jobs)
            Advance(Of(job, from).GetEnumerator(), place++);
        while (ahead.TryDequeue(out var first, out var order))
        {
            yield return first.Current;
            Advance(first, order.Place);
        }

        void Advance(IEnumerator<ComingOccurrence> occurrences, int place)
        {
            if (occurrences.MoveNext())
                ahead.Enqueue(occurrences, (occurrences.Current.At ?? DateTimeOffset.MinValue, place));
            else
                occurrences.Dispose();
        }
    }

    /// <summary>Why a job that a clock starts does not run for now, in a word; null if it does.</summary>
    public string? WhyNone(Job job) => !job.Enabled ? "disabled" : _holds.GetValueOrDefault(job.Name)?.Word;

    private ComingOccurrence? NotKnownYet(Job job, ISchedule schedule)
    {
        if (schedule.CountsFromLastStart && !_cursors.Contains(job.Name))
            return ComingOccurrence.AtStart(job.Name);
        return schedule.IsDrawnFromDatabase && _databaseId is null && !IsTrial ? ComingOccurrence.NotDrawn(job.Name) : null;
    }

    // A list that no daemon has taken over yet comes into force now.
    private SchedulePosition PositionOf(Job job, ISchedule schedule)
    {
        var stored = _cursors[job.Name]
            .Select(cursor => (cursor.Schedule, Position: new SchedulePosition(cursor.Cursor, cursor.Resumed)))
            .ToList();
        if (
            stored
                .Where(cursor => cursor.Schedule == schedule.Identity)
                .Select(cursor => (SchedulePosition?)cursor.Position)
                .FirstOrDefault() is
            { } own
        )
            return own;
        return SchedulePosition.Begin(
            schedule,
            stored.Count == 0 ? null : stored.MaxBy(cursor => cursor.Position.Reached).Position,
            _now,
            _now,
            _newest
        );
    }

    private bool IsTaken(Job job, ISchedule schedule, Occurrence occurrence) =>
        !schedule.CountsFromLastStart && _taken.Contains(OccurrenceKey.Of(job.Name, occurrence));

    private static DateTimeOffset Max(DateTimeOffset one, DateTimeOffset? other) => other > one ? other.Value : one;
}
