using Aios.Store.Sqlite.Driver;

namespace Aios.Store.Sqlite.Tables;

/// <summary>
/// The numbers of rows. SQLite gives each new row a number above all that ever were, and none at all once somebody has
/// given a row the largest: then it says that the disk is full. So numbers end where JSON can still tell them apart, and
/// rows beyond that are renumbered.
/// </summary>
internal static class IdSpace
{
    /// <summary>The largest number: 2^53.</summary>
    public const long Largest = 9_007_199_254_740_992;

    private const int RowsAtOnce = 1000;

    /// <summary>The tables whose rows SQLite numbers.</summary>
    public static readonly IReadOnlyList<string> Tables = ["triggers", "runs", "logs", "notices", "events"];

    // What else says such a number.
    private static readonly IReadOnlyList<(string Table, string Refers, string Column)> References =
    [
        ("triggers", "runs", "trigger_id"),
        ("runs", "logs", "run_id"),
        ("runs", "jobs", "run_id"),
    ];

    /// <summary>Whether a number is none that AIOS gives.</summary>
    public static bool IsExhausted(long id) => id > Largest;

    /// <summary>Refuses rows with other numbers.</summary>
    public static void Guard(Statements sql)
    {
        foreach (var table in Tables)
        {
            var refusal = $"BEGIN SELECT RAISE(ABORT, '{table}.id: expected a number from 1 to {Largest}, or none'); END";
            sql.Execute($"CREATE TRIGGER {table}_id_inserted AFTER INSERT ON {table} WHEN NEW.id NOT BETWEEN 1 AND {Largest} {refusal}");
            sql.Execute(
                $"CREATE TRIGGER {table}_id_changed AFTER UPDATE OF id ON {table} WHEN NEW.id NOT BETWEEN 1 AND {Largest} {refusal}"
            );
        }
    }

    /// <summary>Puts right what is beyond; the answer says what was done, a line for each table.</summary>
    public static IReadOnlyList<string> Mend(Statements sql) => [.. Tables.Select(table => Mend(sql, table)).OfType<string>()];

    private static string? Mend(Statements sql, string table)
    {
        var beyond = sql.Query(
            $"SELECT id FROM {table} WHERE id > ?1 ORDER BY id DESC LIMIT ?2",
            row => row.GetInt64(0),
            Largest,
            RowsAtOnce
        );
        var isFull = sql.Scalar<long>("SELECT count(*) FROM sqlite_sequence WHERE name = ?1 AND seq > ?2", table, Largest) > 0;
        if (beyond.Count == 0 && !isFull)
            return null;
        foreach (var id in beyond)
            Renumber(sql, table, id);
        sql.Execute(
            $"UPDATE sqlite_sequence SET seq = (SELECT coalesce(max(id), 0) FROM {table}) WHERE name = ?1 AND seq > ?2",
            table,
            Largest
        );
        return beyond.Count == 0
            ? $"{table}: the next number was beyond {Largest}; it follows the newest row again."
            : $"{table}: {beyond.Count} rows with numbers beyond {Largest} were given new ones (the largest was {beyond[0]}): with it "
                + $"there, SQLite takes no new row and says that the disk is full.";
    }

    private static void Renumber(Statements sql, string table, long id)
    {
        var next = sql.Scalar<long>($"SELECT coalesce(max(id), 0) + 1 FROM {table} WHERE id < ?1", Largest);
        sql.Execute($"UPDATE {table} SET id = ?2 WHERE id = ?1", id, next);
        foreach (var (_, refers, column) in References.Where(reference => reference.Table == table))
            sql.Execute($"UPDATE {refers} SET {column} = ?2 WHERE {column} = ?1", id, next);
        if (table == "triggers")
            sql.Execute(
                "UPDATE triggers SET note = coalesce(note || '; ', '') || ?2 WHERE id = ?1",
                next,
                $"its number was {id}, which is beyond the largest that AIOS gives"
            );
    }
}
