using SQLitePCL;

namespace Aios.Store.Sqlite.Driver;

/// <summary>SQLite could not do what it was asked. The message is its own.</summary>
internal sealed class SqliteException : StoreException
{
    private SqliteException(int extendedCode, string message)
        : base(message)
    {
        ExtendedCode = extendedCode;
        // What a statement says of its values comes without a code of its own.
        Fault =
            Code == raw.SQLITE_ERROR && message is "malformed JSON" or "integer overflow" ? StoreFault.Value : SqliteTrouble.FaultOf(Code);
    }

    /// <inheritdoc />
    public override string Words => $"the database refuses it: {Message}.";

    /// <summary>The result code with its details (SQLITE_IOERR_FSYNC).</summary>
    public int ExtendedCode { get; }

    /// <summary>The result code (SQLITE_IOERR).</summary>
    public int Code => ExtendedCode & 0xff;

    /// <summary>Throws unless the code says that all is well.</summary>
    internal static void ThrowUnlessGood(int code, sqlite3 database)
    {
        if (code is not (raw.SQLITE_OK or raw.SQLITE_ROW or raw.SQLITE_DONE))
            throw Of(code, database);
    }

    /// <summary>What a connection says of its last failure.</summary>
    internal static SqliteException Of(int code, sqlite3 database)
    {
        var extended = raw.sqlite3_extended_errcode(database);
        return (extended & 0xff) == (code & 0xff) ? new(extended, raw.sqlite3_errmsg(database).utf8_to_string()) : Of(code);
    }

    /// <summary>In the words that SQLite has for a code.</summary>
    internal static SqliteException Of(int code) => new(code, raw.sqlite3_errstr(code).utf8_to_string());
}
