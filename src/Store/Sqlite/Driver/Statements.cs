using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Aios.Store.Sqlite.Driver;

/// <summary>
/// The hot statements, each prepared once for each connection: thousands of them run in a second, and preparing costs more than
/// running. All others go through Dapper; docs/dependencies.md says which are hot.
/// </summary>
internal sealed class Statements(SqliteDatabase database) : IDisposable
{
    private readonly Dictionary<string, SqliteStatement> _prepared = [];

    /// <summary>The connection, for what is not prepared.</summary>
    public SqliteDatabase Database => database;

    /// <summary>Runs a statement that returns nothing; the answer is the number of rows it changed.</summary>
    public int Execute(string sql, params ReadOnlySpan<object?> values)
    {
        var changed = Bound(sql, values).Execute();
        if (changed > 0)
            database.NoteWorked(sql);
        return changed;
    }

    /// <summary>The first column of the first row, or the default where there is no row or it is NULL.</summary>
    public T? Scalar<T>(string sql, params ReadOnlySpan<object?> values)
    {
        var value = Bound(sql, values).Scalar<T>();
        database.NoteWorked(sql);
        return value;
    }

    /// <summary>The number of the row that was inserted last.</summary>
    public long LastInsertedId => database.LastInsertedId;

    /// <summary>Runs to the end what SQLite does step by step without giving any rows.</summary>
    public void Run(string sql) => database.Run(sql);

    /// <summary>All rows.</summary>
    public List<T> Query<T>(string sql, Func<Row, T> map, params ReadOnlySpan<object?> values)
    {
        var rows = Bound(sql, values).Query(map);
        if (rows.Count > 0)
            database.NoteWorked(sql);
        return rows;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var statement in _prepared.Values)
            statement.Dispose();
        _prepared.Clear();
    }

    private SqliteStatement Bound(string sql, ReadOnlySpan<object?> values)
    {
        database.NoteBegun(sql);
        if (!_prepared.TryGetValue(sql, out var statement))
            _prepared[sql] = statement = new SqliteStatement(database, sql);
        for (var i = 0; i < values.Length; i++)
            statement.Bind(i + 1, values[i]);
        return statement;
    }
}
