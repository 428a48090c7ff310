using System.Collections.Immutable;
using Aios.Store;

namespace Aios.Daemon.Ticks;

/// <summary>
/// Keeps a row that cannot be handled from stopping the tick. A tick that goes well takes no care, which costs nothing; one
/// that has failed is done again with care: each row in a savepoint of its own, and what does many rows at once is halved
/// until the row at fault is found. That row is closed with the reason, or else left out. Where a constraint refuses it (also
/// by somebody's SQL trigger), that is done only if the same statement worked for another row: else nothing would be left.
/// </summary>
/// <param name="queue">The tick's transaction.</param>
/// <param name="leftOut">Rows that are not to be touched.</param>
/// <param name="isCareful">Whether the tick has failed before.</param>
internal sealed class RowGuard(IStoreTransaction queue, RowFaults leftOut, bool isCareful)
{
    // So many rows that are refused one after another, and it is not worth trying the next.
    public const int MostFailures = 8;

    private readonly List<RowFault> _found = [];
    private readonly Dictionary<(string Table, string Key), Refusal> _refused = [];
    private readonly IReadOnlySet<string> _worked = Watched(queue, isCareful || leftOut.LooksForProof);

    private string _failed = "";

    private sealed record Refusal(string Table, string Key, Exception Error, string Statement, Action<string>? Close);

    /// <summary>The rows that failed.</summary>
    public IReadOnlyList<RowFault> Found => _found;

    /// <summary>The statements that changed rows, as far as that was noted.</summary>
    public IReadOnlySet<string> Worked => _worked;

    /// <summary>Whether the tick has failed before.</summary>
    public bool IsCareful => isCareful;

    /// <summary>Whether any row is to be left alone or handled with care. A tick as all should be needs none of it.</summary>
    public bool IsNeeded => isCareful || leftOut.Count > 0 || _refused.Count > 0;

    /// <summary>How many rows of a table are not to be touched.</summary>
    public int LeftOut(string table) =>
        leftOut.CountOf(table) + (_refused.Count == 0 ? 0 : _refused.Keys.Count(refused => refused.Table == table));

    /// <summary>Handles one row.</summary>
    /// <param name="table">Where it is.</param>
    /// <param name="key">Which one.</param>
    /// <param name="handle">Does it; what it has changed in the database is taken back if it fails.</param>
    /// <param name="close">Ends the row with a reason, so that it does not come again.</param>
    /// <returns>Whether it was handled.</returns>
    public bool Do(string table, object key, Action handle, Action<string>? close = null)
    {
        if (IsLeftOut(table, key))
            return false;
        if (!isCareful)
            handle();
        else if (Failure(handle) is { } error)
            return SetAside(table, key, error, close);
        return true;
    }

    /// <summary>
    /// Decides about the rows that a constraint refused: when all others were handled, it is known whether it refuses every row.
    /// </summary>
    public void Conclude()
    {
        var all = _refused.Values.ToList();
        _refused.Clear();
        var ofRow = all.Where(refusal => _worked.Contains(refusal.Statement) || leftOut.HasWorked(refusal.Statement)).ToHashSet();
        foreach (var refusal in all)
        {
            var (table, key, reason) = (refusal.Table, refusal.Key, RowFault.ReasonOf(refusal.Error));
            if (ofRow.Contains(refusal))
                CloseOrLeaveOut(table, key, reason, refusal.Close);
            else
                _found.Add(
                    new RowFault(table, key, reason, IsClosed: false)
                    {
                        FailsForAll = refusal.Statement,
                        Change = queue.Describe(refusal.Statement),
                    }
                );
        }
    }

    /// <summary>Handles rows whose handling changes nothing but the database.</summary>
    /// <returns>Whether it was worth going through all of them: where one after another is refused, the rest is for a later tick.</returns>
    public bool Each<T>(string table, IReadOnlyList<T> rows, Func<T, object> key, Action<T> handle, Action<T, string>? close = null)
    {
        if (leftOut.Count > 0 || _refused.Count > 0)
            rows = [.. rows.Where(row => !IsLeftOut(table, key(row)))];
        var failures = 0;
        if (isCareful)
            Narrow(rows);
        else
            foreach (var row in rows)
                handle(row);
        return failures < MostFailures;

        void Narrow(IReadOnlyList<T> some)
        {
            if (some.Count == 0 || failures >= MostFailures)
                return;
            if (
                Failure(() =>
                {
                    foreach (var row in some)
                        handle(row);
                })
                is not { } error
            )
            {
                failures = 0;
                return;
            }

            if (some is [var one])
            {
                SetAside(table, key(one), error, close is null ? null : reason => close(one, reason));
                failures = RowFault.MayBeOfTable(error) ? failures + 1 : 0;
                return;
            }

            Narrow([.. some.Take(some.Count / 2)]);
            Narrow([.. some.Skip(some.Count / 2)]);
        }
    }

    /// <summary>Handles many rows by one statement, or one by one where one of them is at fault.</summary>
    /// <param name="table">Where they are.</param>
    /// <param name="all">Handles all; the answer is how many.</param>
    /// <param name="keys">Which those are, those that are left out not counted.</param>
    /// <param name="one">Handles one.</param>
    /// <param name="close">Ends one with a reason.</param>
    public int Bulk(string table, Func<int> all, Func<int, IReadOnlyList<long>> keys, Action<long> one, Action<long, string> close)
    {
        var count = 0;
        if (leftOut.CountOf(table) == 0)
        {
            if (!isCareful)
                return all();
            if (Failure(() => count = all()) is null)
                return count;
        }

        var rows = keys(LeftOut(table)).Where(row => !IsLeftOut(table, row)).ToList();
        return Each(table, rows, row => row, one, close) ? rows.Count : 0;
    }

    private Exception? Failure(Action handle)
    {
        try
        {
            queue.Attempt(handle);
            return null;
        }
        catch (Exception error) when (RowFault.IsOfRow(error))
        {
            _failed = queue.LastChange;
            return error;
        }
    }

    private bool SetAside(string table, object key, Exception error, Action<string>? close)
    {
        if (RowFault.MayBeOfTable(error))
            _refused.TryAdd((table, $"{key}"), new Refusal(table, $"{key}", error, _failed, close));
        else
            CloseOrLeaveOut(table, $"{key}", RowFault.ReasonOf(error), close);
        return false;
    }

    private void CloseOrLeaveOut(string table, string key, string reason, Action<string>? close)
    {
        var isClosed = close is not null && Failure(() => close(reason)) is null;
        _found.Add(new RowFault(table, key, reason, isClosed));
    }

    /// <summary>Whether a row is not to be touched.</summary>
    public bool IsLeftOut(string table, object key) =>
        leftOut.Has(table, key) || (_refused.Count > 0 && _refused.ContainsKey((table, $"{key}")));

    private static IReadOnlySet<string> Watched(IStoreTransaction queue, bool isWanted)
    {
        if (isWanted)
            return queue.WatchChanges();
        queue.UnwatchChanges();
        return ImmutableHashSet<string>.Empty;
    }
}
