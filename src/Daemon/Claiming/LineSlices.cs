using Aios.Daemon.Ticks;
using Aios.Store;
using Aios.Store.Triggers;

namespace Aios.Daemon.Claiming;

/// <summary>Does a slice of the work that a new list or a clock that went back makes with rows in line.</summary>
/// <param name="input">Of the tick.</param>
/// <param name="queue">The transaction of the tick.</param>
/// <param name="guard">Sets rows aside that cannot be handled.</param>
/// <param name="close">Ends a row with a reason.</param>
internal sealed class LineSlices(TickInput input, IStoreTransaction queue, RowGuard guard, Action<long, string> close)
{
    private const int RowsAtOnce = 1000;

    /// <summary>Does one slice of each; the answer is what is left.</summary>
    public LinePlaces Do(bool rewinds)
    {
        var places = input.LinePlaces;
        if (input.ListIsNew)
            places = places with
            {
                Ranking = places
                    .Ranking.Clear()
                    .AddRange(input.List.Jobs.Where(job => job.Priority != 0).Select(job => KeyValuePair.Create(job.Name, 0L))),
            };
        if (rewinds)
            places = places with { Rewinding = WaitingPlace.End };
        if (places.Rewinding is { } place)
            places = places with { Rewinding = Rewind(place) };
        return places with
        {
            Ranking = places.Ranking.Keys.Aggregate(places.Ranking, (ranking, name) =>
                Rank(name, ranking[name]) is { } after ? ranking.SetItem(name, after) : ranking.Remove(name)
            ),
        };
    }

    private WaitingPlace? Rewind(WaitingPlace place)
    {
        var waiting = queue.Triggers.WaitingBefore(place, RowsAtOnce);
        var isWorthwhile = guard.Each(
            "triggers",
            waiting,
            row => row.Id,
            row => queue.Triggers.RewindWait(row.Id, input.Now),
            (row, reason) => close(row.Id, reason)
        );
        return isWorthwhile && waiting.Count == RowsAtOnce ? waiting[^1] : null;
    }

    private long? Rank(string jobName, long after)
    {
        if (input.List.Find(jobName) is not { Priority: not 0 and var priority })
            return null;
        var rows = queue.Triggers.WithoutPriority(jobName, after, RowsAtOnce);
        var isWorthwhile = guard.Each("triggers", rows, id => id, id => queue.Triggers.TakePriority(id, priority), close);
        return isWorthwhile && rows.Count == RowsAtOnce ? rows[^1] : null;
    }
}
