using System.Text;
using SQLitePCL;

namespace Aios.Store.Sqlite.Driver;

/// <summary>
/// The row at which a statement stands. Columns are counted from 0. A value of another type is converted as SQLite does
/// (<see href="https://sqlite.org/c3ref/column_blob.html"/>), so NULL is 0. Reading never fails: any program may have
/// written anything into any column, and no row may keep the others from being read.
/// </summary>
internal readonly struct Row(sqlite3_stmt statement)
{
    /// <summary>How many columns it has.</summary>
    public int Columns => raw.sqlite3_column_count(statement);

    /// <summary>What a column is called.</summary>
    public string Name(int column) => raw.sqlite3_column_name(statement, column).utf8_to_string();

    public bool IsDBNull(int column) => raw.sqlite3_column_type(statement, column) == raw.SQLITE_NULL;

    public long GetInt64(int column) => raw.sqlite3_column_int64(statement, column);

    /// <summary>The nearest number that there is.</summary>
    public int GetInt32(int column) => (int)Math.Clamp(GetInt64(column), int.MinValue, int.MaxValue);

    public double GetDouble(int column) => raw.sqlite3_column_double(statement, column);

    public bool GetBoolean(int column) => GetInt64(column) != 0;

    /// <summary>The whole text, also beyond a NUL; bytes that are not UTF-8 become U+FFFD, and NULL is empty.</summary>
    public string GetString(int column) => Encoding.UTF8.GetString(Utf8(column));

    /// <summary>Whether the text is UTF-8, so that nothing of it is lost when it is read.</summary>
    public bool IsUtf8(int column) => System.Text.Unicode.Utf8.IsValid(Utf8(column));

    /// <summary>As it stands there: <see cref="long"/>, <see cref="double"/>, <see cref="string"/>, bytes or null.</summary>
    public object? GetValue(int column) =>
        raw.sqlite3_column_type(statement, column) switch
        {
            raw.SQLITE_INTEGER => GetInt64(column),
            raw.SQLITE_FLOAT => GetDouble(column),
            raw.SQLITE_TEXT => GetString(column),
            raw.SQLITE_BLOB => raw.sqlite3_column_blob(statement, column).ToArray(),
            _ => null,
        };

    /// <summary>As one of the types that there are.</summary>
    public T Get<T>(int column)
    {
        if (typeof(T) == typeof(long))
            return (T)(object)GetInt64(column);
        if (typeof(T) == typeof(double))
            return (T)(object)GetDouble(column);
        if (typeof(T) == typeof(string))
            return (T)(object)GetString(column);
        throw new NotSupportedException($"{typeof(T)} is no type of a column");
    }

    // First as a text: that converts what is stored otherwise, so that the bytes are those of UTF-8.
    private ReadOnlySpan<byte> Utf8(int column)
    {
        _ = raw.sqlite3_column_text(statement, column);
        return raw.sqlite3_column_blob(statement, column);
    }
}
