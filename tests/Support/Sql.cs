using Aios.Store.Sqlite.Driver;
using Microsoft.Data.Sqlite;

namespace Aios.Tests.Support;

/// <summary>Another program that uses the database: plain SQL on a connection of its own.</summary>
internal sealed class Sql : IDisposable
{
    private readonly SqliteConnection _connection;

    public Sql(string path)
    {
        SqliteLibrary.Use();
        _connection = new SqliteConnection($"Data Source={path};Pooling=False");
        _connection.Open();
        Do("PRAGMA busy_timeout = 10000");
    }

    public int Do(string sql, params object?[] values)
    {
        using var command = Command(sql, values);
        return command.ExecuteNonQuery();
    }

    public T? Scalar<T>(string sql, params object?[] values)
    {
        using var command = Command(sql, values);
        using var reader = command.ExecuteReader();
        return reader.Read() && !reader.IsDBNull(0) ? reader.GetFieldValue<T>(0) : default;
    }

    /// <summary>The rows of one column, as text.</summary>
    public List<string> Column(string sql, params object?[] values)
    {
        using var command = Command(sql, values);
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
            rows.Add(reader.IsDBNull(0) ? "NULL" : reader.GetString(0));
        return rows;
    }

    /// <summary>As the Python original's users do it.</summary>
    public long Trigger(string jobName, string args = "[]", string kwargs = "{}")
    {
        Do("INSERT INTO triggers (job_name, args, kwargs, created) VALUES (?1, ?2, ?3, 1.0)", jobName, args, kwargs);
        return Scalar<long>("SELECT last_insert_rowid()");
    }

    public void Dispose() => _connection.Dispose();

    private SqliteCommand Command(string sql, object?[] values)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < values.Length; i++)
            command.Parameters.AddWithValue($"?{i + 1}", values[i] ?? DBNull.Value);
        return command;
    }
}
