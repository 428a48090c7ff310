using Aios.Jobs;
using Aios.Queue;

namespace Aios.Control;

/// <summary>When jobs will run, as far as the database tells.</summary>
internal sealed class ComingOccurrences(QueueReader? reader, DateTimeOffset now)
{
    private readonly string? _databaseId = reader?.DatabaseId();
    private readonly IReadOnlyDictionary<string, Hold> _holds = reader?.Holds() ?? new Dictionary<string, Hold>();
    private readonly IReadOnlyDictionary<string, ScheduleCursor> _cursors = reader?.Cursors() ?? new Dictionary<string, ScheduleCursor>();

    /// <summary>Those of a job, earliest first, found one by one as they are asked for; none if no clock starts it, or it is held.</summary>
    public IEnumerable<ComingOccurrence> Of(Job job)
    {
        if (!job.Enabled || _holds.ContainsKey(job.Name) || JobSchedules.Of(job, _databaseId ?? "") is not { } schedule) yield break;
        if (NotKnownYet(job) is { } unknown)
        {
            yield return unknown;
            yield break;
        }

        for (var next = schedule.Next(After(job)); next is { } occurrence; next = schedule.Next(occurrence.At)) yield return new ComingOccurrence(job.Name, occurrence.At);
    }

    private ComingOccurrence? NotKnownYet(Job job) => job.Type switch
    {
        JobType.Interval when !_cursors.ContainsKey(job.Name) => ComingOccurrence.AtStart(job.Name),
        // What is drawn depends on the database's id.
        JobType.RandomDaily when _databaseId is null => ComingOccurrence.NotDrawn(job.Name),
        _ => null,
    };

    private DateTimeOffset After(Job job)
    {
        if (job.Type != JobType.Interval) return now;
        var cursor = _cursors[job.Name].Cursor;
        return cursor > now - job.Interval ? cursor : now;
    }
}
