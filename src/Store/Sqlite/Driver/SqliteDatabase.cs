using SQLitePCL;

namespace Aios.Store.Sqlite.Driver;

/// <summary>A connection to a database file, for one thread at a time.</summary>
internal sealed class SqliteDatabase : IDisposable
{
    private SqliteDatabase(string path, sqlite3 handle) => (Path, Handle) = (path, handle);

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>For SQLite's own functions.</summary>
    public sqlite3 Handle { get; }

    /// <summary>How long a statement waits for the locks of others. Zero unless it was said.</summary>
    public TimeSpan Patience
    {
        set => _ = raw.sqlite3_busy_timeout(Handle, (int)value.TotalMilliseconds);
    }

    /// <summary>Opens a file. That it is a database shows with the first statement.</summary>
    /// <exception cref="SqliteException">It cannot be opened.</exception>
    public static SqliteDatabase Open(string path, SqliteAccess access)
    {
        SqliteLibrary.Use();
        var flags = access switch
        {
            SqliteAccess.Read => raw.SQLITE_OPEN_READONLY,
            SqliteAccess.Write => raw.SQLITE_OPEN_READWRITE,
            _ => raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE,
        };
        var code = raw.sqlite3_open_v2(path, out var handle, flags | raw.SQLITE_OPEN_NOMUTEX, null);
        if (code == raw.SQLITE_OK)
            return new(path, handle);
        using (handle)
            throw SqliteException.Of(code, handle);
    }

    /// <summary>Does it, and throws away the rows if it gives any.</summary>
    public void Execute(string sql) => SqliteException.ThrowUnlessGood(raw.sqlite3_exec(Handle, sql), Handle);

    /// <summary>The first column of the first row, or the default where there is no row or it is NULL.</summary>
    public T? Scalar<T>(string sql)
    {
        using var statement = new SqliteStatement(this, sql);
        return statement.Scalar<T>();
    }

    /// <summary>All rows.</summary>
    public List<T> Query<T>(string sql, Func<Row, T> map, NamedValues? values = null)
    {
        using var statement = new SqliteStatement(this, sql);
        values?.BindTo(statement);
        return statement.Query(map);
    }

    /// <inheritdoc/>
    public void Dispose() => Handle.Dispose();
}
