using Aios.Queue;

namespace Aios.Daemon;

/// <summary>
/// Keeps a row that cannot be handled from stopping the turn. A turn that goes well takes no care, which costs nothing; one
/// that has failed is done again with care: each row in a savepoint of its own, and what does many rows at once is halved
/// until the row at fault is found. That row is closed with the reason, or else left out.
/// </summary>
/// <param name="queue">The turn's transaction.</param>
/// <param name="leftOut">Rows that are not to be touched.</param>
/// <param name="isCareful">Whether the turn has failed before.</param>
internal sealed class RowGuard(QueueTransaction queue, RowFaults leftOut, bool isCareful)
{
    private readonly List<RowFault> _found = [];

    /// <summary>The rows that failed.</summary>
    public IReadOnlyList<RowFault> Found => _found;

    /// <summary>How many rows of a table are not to be touched.</summary>
    public int LeftOut(string table) => leftOut.CountOf(table);

    /// <summary>Handles one row.</summary>
    /// <param name="table">Where it is.</param>
    /// <param name="key">Which one.</param>
    /// <param name="handle">Does it; what it has changed in the database is taken back if it fails.</param>
    /// <param name="close">Ends the row with a reason, so that it does not come again.</param>
    public void Do(string table, object key, Action handle, Action<string>? close = null)
    {
        if (leftOut.Has(table, key)) return;
        if (!isCareful) handle();
        else if (Failure(handle) is { } error) SetAside(table, key, error, close);
    }

    /// <summary>Handles rows whose handling changes nothing but the database.</summary>
    public void Each<T>(string table, IReadOnlyList<T> rows, Func<T, object> key, Action<T> handle, Action<T, string>? close = null)
    {
        if (leftOut.Count > 0) rows = [.. rows.Where(row => !leftOut.Has(table, key(row)))];
        if (isCareful) Narrow(rows);
        else foreach (var row in rows) handle(row);

        void Narrow(IReadOnlyList<T> some)
        {
            if (some.Count == 0 || Failure(() => { foreach (var row in some) handle(row); }) is not { } error) return;
            if (some is [var one])
            {
                SetAside(table, key(one), error, close is null ? null : reason => close(one, reason));
                return;
            }

            Narrow([.. some.Take(some.Count / 2)]);
            Narrow([.. some.Skip(some.Count / 2)]);
        }
    }

    /// <summary>Handles many rows by one statement, or one by one where one of them is at fault.</summary>
    /// <param name="table">Where they are.</param>
    /// <param name="all">Handles all; the answer is how many.</param>
    /// <param name="keys">Which those are.</param>
    /// <param name="one">Handles one.</param>
    /// <param name="close">Ends one with a reason.</param>
    public int Bulk(string table, Func<int> all, Func<IReadOnlyList<long>> keys, Action<long> one, Action<long, string> close)
    {
        var count = 0;
        if (leftOut.CountOf(table) == 0)
        {
            if (!isCareful) return all();
            if (Failure(() => count = all()) is null) return count;
        }

        var rows = keys();
        Each(table, rows, row => row, one, close);
        return rows.Count;
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
            return error;
        }
    }

    private void SetAside(string table, object key, Exception error, Action<string>? close)
    {
        var reason = RowFault.ReasonOf(error);
        var isClosed = close is not null && Failure(() => close(reason)) is null;
        _found.Add(new RowFault(table, $"{key}", reason, isClosed));
    }
}
