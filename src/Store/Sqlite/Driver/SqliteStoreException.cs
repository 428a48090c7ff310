using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Aios.Store.Sqlite.Driver;

/// <summary>SQLite could not do what it was asked. The message is its own.</summary>
internal sealed class SqliteStoreException : StoreException
{
    private SqliteStoreException(int extendedCode, string message, Exception? inner = null)
        : base(message, inner)
    {
        ExtendedCode = extendedCode;
        Fault = SqliteTrouble.FaultOf(Code, message);
    }

    /// <inheritdoc />
    public override string Words => $"the database refuses it: {Message}.";

    /// <summary>The result code with its details (SQLITE_IOERR_FSYNC).</summary>
    public int ExtendedCode { get; }

    /// <summary>The result code (SQLITE_IOERR).</summary>
    public int Code => ExtendedCode & 0xff;

    /// <summary>What Microsoft.Data.Sqlite or a statement on its handle says.</summary>
    internal static SqliteStoreException Of(SqliteException error) => new(error.SqliteExtendedErrorCode, error.Text(), error);

    /// <summary>Asks for something, and throws errors that are known outside of this folder.</summary>
    /// <exception cref="SqliteStoreException">SQLite refuses it.</exception>
    internal static T Translated<T>(Func<T> ask)
    {
        try
        {
            return ask();
        }
        catch (SqliteException error)
        {
            throw Of(error);
        }
    }

    /// <summary>In the words that SQLite has for a code.</summary>
    internal static SqliteStoreException Of(int code) => new(code, raw.sqlite3_errstr(code).utf8_to_string());
}
