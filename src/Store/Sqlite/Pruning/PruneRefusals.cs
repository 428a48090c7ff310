using System.Collections.Immutable;
using Aios.Store.Pruning;
using Aios.Store.Sqlite.Driver;
using Microsoft.Data.Sqlite;

namespace Aios.Store.Sqlite.Pruning;

/// <summary>Removes rows one by one, and continues where one of them may not be removed.</summary>
internal sealed class PruneRefusals(Statements sql, ImmutableHashSet<(string Table, long Id)> skipped)
{
    private readonly List<PruneRefusal> _found = [];

    /// <summary>The rows that stay, so far.</summary>
    public IReadOnlyList<PruneRefusal> Found => _found;

    /// <summary>Whether a row is known to stay.</summary>
    public bool Knows(string table, long id) => skipped.Contains((table, id));

    /// <summary>Removes a row; one that may not be removed counts as done, and costs as much.</summary>
    /// <param name="table">Where it stands.</param>
    /// <param name="id">Its number.</param>
    /// <param name="budget">Of the step.</param>
    /// <param name="remove">Removes it; false if the budget was spent before that was done.</param>
    public bool Remove(string table, long id, PruneBudget budget, Func<bool> remove)
    {
        try
        {
            return remove();
        }
        catch (SqliteException error) when (!SqliteTrouble.CanPass(error.SqliteErrorCode) && SqliteTrouble.Damage(error, "") is null)
        {
            var refusal = new PruneRefusal(table, id, error.Text());
            if (!sql.Database.IsInTransaction)
                throw new PruneRefusedException(refusal, error);
            _found.Add(refusal);
            budget.Take(1);
            return true;
        }
    }
}
