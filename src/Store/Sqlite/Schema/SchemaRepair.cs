using Aios.Store.Sqlite.Driver;
using Microsoft.Data.Sqlite;

namespace Aios.Store.Sqlite.Schema;

/// <summary>
/// Compares the schema of a file with the one that the steps of <see cref="Migrator"/> make, and puts back what somebody has
/// dropped: indexes, triggers, and tables whose rows a daemon makes again by itself. SQLite counts the changes of a schema, so
/// one that was found whole is compared again only after a change.
/// </summary>
internal static class SchemaRepair
{
    private const string FoundWholeKey = "schema_found_whole";
    private static readonly string[] MadeAgain = ["alarms", "deadlines", "device_jobs", "events"];

    /// <summary>Does it, within the caller's transaction; the answer is what was put back.</summary>
    /// <exception cref="StoreException">A table is gone whose rows cannot be made again.</exception>
    public static IReadOnlyList<string> PutBack(Statements sql, string path)
    {
        if (IsAsItWas(sql))
            return [];
        var missing = Missing(sql);
        var lost = missing.Where(one => one.Type == "table" && !MadeAgain.Contains(one.Name)).Select(one => $"\"{one.Name}\"").ToList();
        if (lost.Count > 0)
        {
            throw new StoreException(
                $"{path} is damaged: {(lost.Count == 1 ? $"the table {lost[0]} is" : $"the tables {string.Join(", ", lost)} are")} gone. "
                    + $"Restore a backup (`aios restore BACKUP`), or begin anew with another file (--db)."
            );
        }

        foreach (var one in missing)
            sql.Execute(one.Sql);
        NoteWhole(sql);
        return [.. missing.Select(one => $"{one.Type} {one.Name}")];
    }

    /// <summary>Notes, within the caller's transaction, that nothing of the schema is gone.</summary>
    public static void NoteWhole(Statements sql) =>
        sql.Execute(
            "INSERT INTO config (key, value, updated) VALUES (?1, ?2, unixepoch('subsec')) ON CONFLICT (key) DO UPDATE SET value = ?2, "
                + "updated = unixepoch('subsec')",
            FoundWholeKey,
            State(sql)
        );

    /// <summary>What is gone, a line each.</summary>
    public static IReadOnlyList<string> Gone(Statements sql) => [.. Missing(sql).Select(one => $"the {one.Type} \"{one.Name}\" is gone")];

    private static bool IsAsItWas(Statements sql) =>
        sql.Scalar<long>("SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'config'") == 1
        && sql.Scalar<string>("SELECT CAST(value AS TEXT) FROM config WHERE key = ?1", FoundWholeKey) == State(sql);

    private static string State(Statements sql) => $"{Migrator.Newest} {sql.Scalar<long>("PRAGMA schema_version")}";

    private static List<Part> Missing(Statements sql)
    {
        var there = Objects(sql).Select(one => one.Name).ToHashSet(StringComparer.Ordinal);
        return [.. Wanted().Where(one => !there.Contains(one.Name))];
    }

    private static List<Part> Wanted()
    {
        using var empty = SqliteDatabase.Open(SqliteDatabase.InMemory, SqliteOpenMode.ReadWriteCreate);
        using var sql = new Statements(empty);
        CurrentSchema.Create(sql);
        return Objects(sql);
    }

    // In the order in which they were made. What SQLite makes itself has no text.
    private static List<Part> Objects(Statements sql) =>
        sql.Query(
            "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite!_%' ESCAPE '!' ORDER BY rowid",
            row => new Part(row.GetString(0), row.GetString(1), row.GetString(2))
        );

    private sealed record Part(string Type, string Name, string Sql);
}
