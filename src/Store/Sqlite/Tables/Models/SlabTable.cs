using Aios.Store.Models;
using Aios.Store.Sqlite.Driver;

namespace Aios.Store.Sqlite.Tables;

/// <summary>
/// What each daemon holds of budgets: what it took, without what it gave back and what the attempts count that it has written down.
/// What is left of a daemon that has not ended as it should is lost.
/// </summary>
internal sealed class SlabTable(Statements sql)
{
    /// <summary>The budgets that a row of <c>calls</c> drew on, whatever somebody wrote there.</summary>
    public const string Drawn =
        "json_each(CASE WHEN typeof(calls.drawn) = 'text' AND json_valid(calls.drawn) THEN calls.drawn ELSE '[]' END)";

    /// <summary>The name of each; null for what is none.</summary>
    public const string DrawnBudget = "CASE WHEN drawn.type = 'array' THEN json_extract(drawn.value, '$[0]') END";

    /// <summary>The key of each.</summary>
    public const string DrawnKey = "CASE WHEN drawn.type = 'array' THEN json_extract(drawn.value, '$[1]') END";

    /// <summary>Whether the daemon of a row of <c>budget_slabs</c> runs.</summary>
    public const string IsHeld = "EXISTS (SELECT 1 FROM devices WHERE devices.boot_id = budget_slabs.owner AND devices.status = 'online')";

    /// <summary>A daemon holds more, or less.</summary>
    public void Add(string owner, string budget, string key, long amount, DateTimeOffset now)
    {
        sql.Execute(
            """
            INSERT INTO budget_slabs (owner, budget, key, amount, updated) VALUES (?1, ?2, ?3, ?4, ?5)
            ON CONFLICT (owner, budget, key) DO UPDATE SET amount = amount + ?4, updated = ?5
            """,
            owner,
            budget,
            key,
            amount,
            UnixTime.Of(now)
        );
        if (amount < 0)
            sql.Execute("DELETE FROM budget_slabs WHERE owner = ?1 AND budget = ?2 AND key = ?3 AND amount = 0", owner, budget, key);
    }

    /// <summary>An attempt is written down that these budgets count.</summary>
    public void Spend(string drawnJson, long charged, string owner, DateTimeOffset now) =>
        sql.Execute(
            """
            INSERT INTO budget_slabs (owner, budget, key, amount, updated)
            SELECT ?1, json_extract(value, '$[0]'), json_extract(value, '$[1]'), -?2, ?3 FROM json_each(?4) WHERE true
            ON CONFLICT (owner, budget, key) DO UPDATE SET amount = amount + excluded.amount, updated = excluded.updated
            """,
            owner,
            charged,
            UnixTime.Of(now),
            drawnJson
        );

    /// <summary>What is lost.</summary>
    public IReadOnlyList<LostAmount> Lost() =>
        sql.Query(
            $"""
            SELECT budget, key, sum(amount) FROM budget_slabs WHERE NOT {IsHeld}
            GROUP BY budget, key HAVING sum(amount) <> 0 ORDER BY budget, key
            """,
            row => new LostAmount(row.GetString(0), row.GetString(1), row.GetInt64(2))
        );

    /// <summary>Gives back what is lost.</summary>
    public void GiveBackLost(DateTimeOffset now)
    {
        foreach (var (budget, key, amount) in Lost())
            sql.Execute(
                "UPDATE budget_use SET amount = amount - ?3, updated = ?4 WHERE budget = ?1 AND key = ?2",
                budget,
                key,
                amount,
                UnixTime.Of(now)
            );
        sql.Execute($"DELETE FROM budget_slabs WHERE NOT {IsHeld}");
    }
}
