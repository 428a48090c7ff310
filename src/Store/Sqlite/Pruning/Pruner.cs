using Aios.Store.Pruning;
using Aios.Store.Sqlite.Driver;

namespace Aios.Store.Sqlite.Pruning;

/// <summary>
/// Removes history in steps. Each is part of a transaction of the one writer, costs a few milliseconds at most, and
/// leaves the database whole: a run goes after its lines, a trigger after its runs. Open triggers, runs that go on, and
/// all that is not history are never touched. That several daemons do it at once harms nobody.
/// </summary>
internal sealed class Pruner
{
    private const int RowsAtOnce = 500;
    private const int RowsJudgedAtOnce = 50;
    private const long RowsCountedAtOnce = 10_000;
    private const int PagesAtOnce = 64;
    private static readonly TimeSpan LongestStep = TimeSpan.FromMilliseconds(4);

    private readonly Statements _sql;
    private readonly PruneCutoffs _cutoffs;
    private readonly PruneBudget _budget;
    private readonly RunHistory _runs;
    private readonly TriggerHistory _triggers;
    private readonly LogHistory _lines;
    private readonly SignalHistory _signals;
    private readonly CallHistory _calls;
    private readonly PruneRefusals _refusals;

    internal Pruner(Statements sql, PruneCutoffs cutoffs, TimeProvider clock)
    {
        _sql = sql;
        _cutoffs = cutoffs;
        _budget = new PruneBudget(clock, RowsAtOnce, LongestStep);
        _runs = new RunHistory(sql);
        var adopted = AdoptedHistory.Of(sql.Database);
        _triggers = new TriggerHistory(sql, _runs, adopted);
        _refusals = new PruneRefusals(sql, cutoffs.Skipped);
        _lines = new LogHistory(sql, adopted, _refusals);
        _signals = new SignalHistory(sql, _refusals);
        _calls = new CallHistory(sql);
    }

    /// <summary>Does one step from a place.</summary>
    public PruneResult Step(PruneCursor place)
    {
        while (!_budget.IsSpent && place.Stage != PruneStage.Done)
            place = Advance(place);
        return new PruneResult(place, _triggers.TriggersRemoved, _runs.RunsRemoved, _runs.LinesRemoved + _lines.LinesRemoved)
        {
            Space = FileSpace.Of(_sql.Database),
            Refused = _refusals.Found,
        };
    }

    private PruneCursor Advance(PruneCursor place)
    {
        if (place.Stage < PruneStage.Space && _cutoffs.UntilBytes is { } bytes && FileSpace.Of(_sql.Database).UsedBytes <= bytes)
            return new PruneCursor(PruneStage.Space);
        return place.Stage switch
        {
            PruneStage.Triggers => Advance(place, _triggers, PruneStage.Runs),
            PruneStage.Runs => Advance(place, _runs, PruneStage.Lines),
            PruneStage.Lines => _lines.Prune(place, _cutoffs, _budget),
            PruneStage.Signals => _signals.Prune(place, _cutoffs, _budget),
            PruneStage.Calls => _calls.Prune(place, _cutoffs, _budget),
            _ => GiveSpaceBack(place),
        };
    }

    private PruneCursor Advance(PruneCursor place, IPrunableRows history, PruneStage next)
    {
        if (place.Job is null || place.Group >= history.Groups)
        {
            return history.JobAfter(place.Job) is { } job ? place.At(job, 0) : new PruneCursor(next);
        }

        return place.SurplusUpTo is null ? CountSurplus(place, history) : PruneGroup(place, history);
    }

    // The rows that are kept are counted from the newest, some at a time, for their number may be set to any.
    private PruneCursor CountSurplus(PruneCursor place, IPrunableRows history)
    {
        if (_cutoffs.Rows is not { } kept)
            return place with { SurplusUpTo = long.MinValue };
        var (below, counted) = place.Counted;
        if (counted == kept)
            return place with { SurplusUpTo = below == long.MaxValue ? below : below - 1 };
        var more = Math.Min(RowsCountedAtOnce, kept - counted);
        return history.Below(place.Job!, place.Group, below, more - 1) is { } id
            ? place with
            {
                Counted = (id, counted + more),
            }
            : place with
            {
                SurplusUpTo = long.MinValue,
            };
    }

    private PruneCursor PruneGroup(PruneCursor place, IPrunableRows history)
    {
        var latest = history.Latest(place.Job!);
        var rows = history.Oldest(place.Job!, place.Group, place.AfterId, RowsJudgedAtOnce);
        var anyDue = false;
        foreach (var row in rows)
        {
            if (row.Id != latest && !_refusals.Knows(history.Table, row.Id) && IsDue(row, place, history))
            {
                anyDue = true;
                if (_budget.IsSpent || !_refusals.Remove(history.Table, row.Id, _budget, () => history.Remove(row.Id, _budget)))
                    return place;
            }

            place = place with { AfterId = row.Id };
        }

        return anyDue ? place : place.At(place.Job, place.Group + 1);
    }

    private bool IsDue(HistoryRow row, PruneCursor place, IPrunableRows history)
    {
        var isKeyed = history.Groups > 1 && place.Group == 1;
        if (isKeyed && row.Ended >= UnixTime.Of(_cutoffs.KeysBefore))
            return false;
        return row.Id <= place.SurplusUpTo || (_cutoffs.Before is { } before && row.Ended < UnixTime.Of(before));
    }

    private PruneCursor GiveSpaceBack(PruneCursor place)
    {
        var space = FileSpace.Of(_sql.Database);
        if (!space.CanShrink || space.SurplusPages == 0)
            return new PruneCursor(PruneStage.Done);
        var pages = (int)Math.Min(PagesAtOnce, space.SurplusPages);
        FileSpace.Shrink(_sql.Database, pages);
        _budget.Take(RowsAtOnce * pages / PagesAtOnce);
        return place;
    }
}
