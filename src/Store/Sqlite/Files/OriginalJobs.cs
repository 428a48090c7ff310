using System.Globalization;
using System.Text;
using Aios.Store.Jobs;
using Aios.Store.Sqlite.Driver;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Aios.Store.Sqlite.Files;

/// <summary>Reads the job list that later versions of the Python original kept in their database. The database is not changed.</summary>
internal static class OriginalJobs
{
    private const string Table = "scheduled_jobs";

    /// <summary>All rows, in the table's order.</summary>
    /// <exception cref="StoreException">There is no database, it has no such table, or it cannot be read.</exception>
    public static IReadOnlyList<OriginalJob> Read(string path)
    {
        if (!File.Exists(path))
            throw new StoreException($"there is no database at {path}. Put the original's orchestrator.db there, or name it with --db.");
        // Not read-only: after a crash the first reader must be able to roll back what was not committed.
        try
        {
            using var connection = SqliteDatabase.Open(path, SqliteOpenMode.ReadWrite);
            connection.Patience = TimeSpan.FromSeconds(10);
            if (!HasTable(connection))
                throw new StoreException(
                    $"{path} has no table {Table}, so there is no job list in it to take over. (Only later versions of the original "
                        + $"kept it there.)"
                );
            return ReadRows(connection);
        }
        catch (SqliteException error)
        {
            throw new StoreException($"{path} cannot be read: {error.Text()}", error);
        }
    }

    private static bool HasTable(SqliteDatabase connection) =>
        connection.ExecuteScalar<long>($"SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = '{Table}'") > 0;

    private static List<OriginalJob> ReadRows(SqliteDatabase connection) => connection.Query($"SELECT * FROM {Table}", ReadRow);

    // SQLite holds a value of any type in a column of any type, and earlier versions lack some of the columns.
    private static OriginalJob ReadRow(Row row)
    {
        var values = Enumerable
            .Range(0, row.Columns)
            .ToDictionary(row.Name, column => Text(row.GetValue(column)), StringComparer.OrdinalIgnoreCase);
        return new OriginalJob
        {
            Name = values.GetValueOrDefault("name"),
            File = values.GetValueOrDefault("file"),
            Function = values.GetValueOrDefault("function"),
            Type = values.GetValueOrDefault("type"),
            Tags = values.GetValueOrDefault("tags"),
            Retries = values.GetValueOrDefault("retries"),
            Time = values.GetValueOrDefault("time"),
            AfterTime = values.GetValueOrDefault("after_time"),
            BeforeTime = values.GetValueOrDefault("before_time"),
            IntervalMinutes = values.GetValueOrDefault("interval_minutes"),
            Priority = values.GetValueOrDefault("priority"),
            Enabled = values.GetValueOrDefault("enabled"),
        };
    }

    private static string? Text(object? value) =>
        value switch
        {
            null => null,
            byte[] bytes => Encoding.UTF8.GetString(bytes),
            _ => Convert.ToString(value, CultureInfo.InvariantCulture),
        };
}
