using System.Globalization;
using Aios.Scheduling;

namespace Aios.Control;

/// <summary>Occurrences of a job that come one after the other with the same time between them.</summary>
internal sealed class RepeatedOccurrence(ComingOccurrence first)
{
    // Fewer are read more quickly one by one.
    private const int Fewest = 4;

    private TimeSpan _between;

    public ComingOccurrence First { get; } = first;

    /// <summary>How many there are.</summary>
    public int Count { get; private set; } = 1;

    /// <summary>The instant of the last one; null where it is not known yet.</summary>
    public DateTimeOffset? Last { get; private set; } = first.At;

    /// <summary>"every 60 s, 1,440 times"; null for a single one.</summary>
    public string? InWords => Count == 1 ? null : string.Create(CultureInfo.InvariantCulture, $"every {Span}, {Count:N0} times");

    // A minute is said in seconds, as a list has it.
    private string Span => _between == TimeSpan.FromMinutes(1) ? "60 s" : TimeWords.Of(_between);

    /// <summary>Puts together what repeats.</summary>
    /// <param name="coming">In order.</param>
    public static IReadOnlyList<RepeatedOccurrence> Of(IEnumerable<ComingOccurrence> coming) =>
        [.. coming.GroupBy(occurrence => occurrence.JobName).SelectMany(OfJob).OrderBy(repeat => repeat.First.At)];

    private static IEnumerable<RepeatedOccurrence> OfJob(IEnumerable<ComingOccurrence> coming)
    {
        List<ComingOccurrence> pending = [];
        RepeatedOccurrence? open = null;
        foreach (var occurrence in coming)
        {
            if (open is null || !open.Takes(occurrence))
            {
                foreach (var repeat in Closed(open, pending))
                    yield return repeat;
                (open, pending) = (new RepeatedOccurrence(occurrence), []);
            }

            pending.Add(occurrence);
        }

        foreach (var repeat in Closed(open, pending))
            yield return repeat;
    }

    private static IEnumerable<RepeatedOccurrence> Closed(RepeatedOccurrence? open, List<ComingOccurrence> members) =>
        open is null ? []
        : open.Count >= Fewest ? [open]
        : members.Select(member => new RepeatedOccurrence(member));

    private bool Takes(ComingOccurrence next)
    {
        if (next.At is not { } at || Last is not { } last)
            return false;
        if (Count > 1 && at - last != _between)
            return false;

        (_between, Last) = (at - last, at);
        Count++;
        return true;
    }
}
