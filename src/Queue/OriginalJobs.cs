using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;

namespace Aios.Queue;

/// <summary>Reads the job list that later versions of the Python original kept in their database. The database is not changed.</summary>
public static class OriginalJobs
{
    private const string Table = "scheduled_jobs";

    /// <summary>All rows, in the table's order.</summary>
    /// <exception cref="QueueException">There is no database, it has no such table, or it cannot be read.</exception>
    public static IReadOnlyList<OriginalJob> Read(string path)
    {
        if (!File.Exists(path)) throw new QueueException($"there is no database at {path}. Put the original's orchestrator.db there, or name it with --db.");
        SqliteLibrary.Use();
        // Not read-only: after a crash the first reader must be able to roll back what was not committed.
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadWrite, Pooling = false, DefaultTimeout = 10 }.ToString());
        try
        {
            connection.Open();
            if (!HasTable(connection)) throw new QueueException($"{path} has no table {Table}, so there is no job list in it to take over. (Only later versions of the original kept it there.)");
            return ReadRows(connection);
        }
        catch (SqliteException error)
        {
            throw new QueueException($"{path} cannot be read: {error.Message}", error);
        }
    }

    private static bool HasTable(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = '{Table}'";
        return command.ExecuteScalar() is > 0L;
    }

    private static List<OriginalJob> ReadRows(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT * FROM {Table}";
        using var reader = command.ExecuteReader();
        var columns = Enumerable.Range(0, reader.FieldCount).ToDictionary(reader.GetName, column => column, StringComparer.OrdinalIgnoreCase);
        var jobs = new List<OriginalJob>();
        while (reader.Read())
        {
            jobs.Add(new OriginalJob
            {
                Name = Value("name"),
                File = Value("file"),
                Function = Value("function"),
                Type = Value("type"),
                Tags = Value("tags"),
                Retries = Value("retries"),
                Time = Value("time"),
                AfterTime = Value("after_time"),
                BeforeTime = Value("before_time"),
                IntervalMinutes = Value("interval_minutes"),
                Priority = Value("priority"),
                Enabled = Value("enabled"),
            });
        }

        return jobs;

        // SQLite holds a value of any type in a column of any type, and earlier versions lack some of the columns.
        string? Value(string name) => columns.TryGetValue(name, out var column) ? Text(reader.GetValue(column)) : null;
    }

    private static string? Text(object value) => value switch
    {
        DBNull => null,
        byte[] bytes => Encoding.UTF8.GetString(bytes),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };
}
