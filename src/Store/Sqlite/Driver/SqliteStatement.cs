using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Aios.Store.Sqlite.Driver;

/// <summary>A prepared statement. After each use it is ready for the next.</summary>
internal sealed class SqliteStatement : IDisposable
{
    private const int Large = 64 * 1024;

    private readonly SqliteDatabase _database;
    private readonly sqlite3_stmt _handle;
    private bool _isLarge;

    /// <exception cref="SqliteException">It makes no sense, or the database cannot be read.</exception>
    public SqliteStatement(SqliteDatabase database, string sql)
    {
        _database = database;
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v2(database.Handle, sql, out _handle, out var rest), database.Handle);
        if (!string.IsNullOrWhiteSpace(rest))
            throw new ArgumentException($"more than one statement: {rest}", nameof(sql));
    }

    /// <summary>Binds a value by its number, from 1 on.</summary>
    public void Bind(int number, object? value)
    {
        var code = value switch
        {
            null => raw.sqlite3_bind_null(_handle, number),
            string text => BindText(number, text),
            long whole => raw.sqlite3_bind_int64(_handle, number, whole),
            int whole => raw.sqlite3_bind_int64(_handle, number, whole),
            double real => raw.sqlite3_bind_double(_handle, number, real),
            bool truth => raw.sqlite3_bind_int64(_handle, number, truth ? 1 : 0),
            byte[] bytes => raw.sqlite3_bind_blob(_handle, number, bytes),
            _ => throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"value {number} is a {value.GetType()}"),
                nameof(value)
            ),
        };
        SqliteException.ThrowExceptionForRC(code, _database.Handle);
    }

    /// <summary>Binds a value by its name (<c>@job</c>), if the statement has it.</summary>
    public void Bind(string name, object? value)
    {
        if (raw.sqlite3_bind_parameter_index(_handle, name) is var number and > 0)
            Bind(number, value);
    }

    /// <summary>Runs it to its end; the answer is how many rows it changed.</summary>
    public int Execute()
    {
        try
        {
            while (Step()) { }

            return raw.sqlite3_stmt_readonly(_handle) != 0 ? 0 : raw.sqlite3_changes(_database.Handle);
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>The first column of the first row, or the default where there is no row or it is NULL.</summary>
    public T? Scalar<T>()
    {
        try
        {
            return Step() && new Row(_handle) is var row && !row.IsDBNull(0) ? row.Get<T>(0) : default;
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>All rows.</summary>
    public List<T> Query<T>(Func<Row, T> map)
    {
        try
        {
            var rows = new List<T>();
            var row = new Row(_handle);
            while (Step())
                rows.Add(map(row));
            return rows;
        }
        finally
        {
            Reset();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();

    // With its length, or a NUL would end it.
    private int BindText(int number, string text)
    {
        _isLarge |= text.Length > Large;
        // No bytes would be NULL.
        return text.Length == 0
            ? raw.sqlite3_bind_text(_handle, number, text)
            : raw.sqlite3_bind_text(_handle, number, Encoding.UTF8.GetBytes(text));
    }

    // A statement keeps its values until it gets others: large ones are let go of at once.
    private void Reset()
    {
        _ = raw.sqlite3_reset(_handle);
        if (!_isLarge)
            return;
        _ = raw.sqlite3_clear_bindings(_handle);
        _isLarge = false;
    }

    private bool Step()
    {
        var code = raw.sqlite3_step(_handle);
        SqliteException.ThrowExceptionForRC(code, _database.Handle);
        return code == raw.SQLITE_ROW;
    }
}
