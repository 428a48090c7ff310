using Aios.Jobs;
using Aios.Queue;
using Aios.Scheduling;

namespace Aios.Control;

/// <summary>When jobs will run, as far as the database tells.</summary>
internal sealed class ComingOccurrences(QueueReader? reader, DateTimeOffset now)
{
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);
    private readonly string? _databaseId = reader?.DatabaseId();
    private readonly IReadOnlyDictionary<string, Hold> _holds = reader?.Holds() ?? new Dictionary<string, Hold>();
    private readonly IReadOnlyDictionary<string, ScheduleCursor> _cursors = reader?.Cursors() ?? new Dictionary<string, ScheduleCursor>();

    /// <summary>What is not started yet counts as started now, and what is not drawn yet as drawn somehow, so that a list can be tried out.</summary>
    public bool IsTrial { get; init; }

    /// <summary>Those of a job, earliest first, found one by one as they are asked for; none if no clock starts it, or it is held.</summary>
    /// <param name="job">The job.</param>
    /// <param name="from">None earlier; null for now.</param>
    public IEnumerable<ComingOccurrence> Of(Job job, DateTimeOffset? from = null)
    {
        if (WhyNone(job) is not null || JobSchedules.Of(job, _databaseId ?? "") is not { } schedule) yield break;
        if (NotKnownYet(job) is { } unknown && (from is null || from <= now || !IsTrial))
        {
            yield return unknown;
            if (!IsTrial) yield break;
        }

        var timetable = Timetable(job, schedule);
        for (var next = timetable.Next(from - Tick ?? now); next is { } occurrence; next = timetable.Next(occurrence.At)) yield return new ComingOccurrence(job.Name, occurrence.At);
    }

    /// <summary>Those of several jobs, earliest first, found one by one; what is not known yet comes before all.</summary>
    public IEnumerable<ComingOccurrence> Of(IEnumerable<Job> jobs, DateTimeOffset? from)
    {
        var ahead = new PriorityQueue<IEnumerator<ComingOccurrence>, (DateTimeOffset At, int Place)>();
        var place = 0;
        foreach (var job in jobs) Advance(Of(job, from).GetEnumerator(), place++);
        while (ahead.TryDequeue(out var first, out var order))
        {
            yield return first.Current;
            Advance(first, order.Place);
        }

        void Advance(IEnumerator<ComingOccurrence> occurrences, int place)
        {
            if (occurrences.MoveNext()) ahead.Enqueue(occurrences, (occurrences.Current.At ?? DateTimeOffset.MinValue, place));
            else occurrences.Dispose();
        }
    }

    /// <summary>Why a job that a clock starts does not run for now, in a word; null if it does.</summary>
    public string? WhyNone(Job job) => !job.Enabled ? "disabled" : _holds.GetValueOrDefault(job.Name)?.Word;

    private ComingOccurrence? NotKnownYet(Job job) => job.Type switch
    {
        JobType.Interval when !_cursors.ContainsKey(job.Name) => ComingOccurrence.AtStart(job.Name),
        // What is drawn depends on the database's id.
        JobType.RandomDaily when _databaseId is null && !IsTrial => ComingOccurrence.NotDrawn(job.Name),
        _ => null,
    };

    // From start to start: what is overdue starts anew from now.
    private ISchedule Timetable(Job job, ISchedule schedule)
    {
        if (schedule is not IntervalSchedule interval) return schedule;
        var cursor = _cursors.TryGetValue(job.Name, out var stored) ? stored.Cursor : now;
        return interval.AnchoredAt(cursor > now - job.Interval ? cursor : now);
    }
}
