using Aios.Store;
using Aios.Store.Sqlite.Driver;
using SQLitePCL;

namespace Aios.Daemon;

/// <summary>A row that could not be handled.</summary>
/// <param name="Table">Where it is.</param>
/// <param name="Key">Which one: its number or the name of its job.</param>
/// <param name="Reason">Why, in words.</param>
/// <param name="IsClosed">Whether it is over and done with; else it is left as it is for a while.</param>
internal sealed record RowFault(string Table, string Key, string Reason, bool IsClosed)
{
    /// <summary>The change that failed for every row that was tried, so that it is no fault of this one; null otherwise.</summary>
    public string? FailsForAll { get; init; }

    /// <summary>That change in a few words.</summary>
    public string? Change { get; init; }

    /// <summary>For people.</summary>
    public string Words => FailsForAll is not null
        ? $"{Change} fails for every row: {Reason}. Nothing is closed for that. Look for a SQL trigger or a CHECK that was added to the database"
        : $"{Table} {Key}: {Reason}";

    /// <summary>Whether an error comes of the row that was handled; else it is of the database or the machine as a whole.</summary>
    public static bool IsOfRow(Exception error) => error switch
    {
        SqliteException sqlite => IsOfRow(sqlite),
        StoreException or OperationCanceledException or IOException or UnauthorizedAccessException => false,
        _ => true,
    };

    /// <summary>Whether it may as well come of a rule of the table, such as somebody's SQL trigger, that no row can meet.</summary>
    public static bool MayBeOfTable(Exception error) => error is SqliteException { Code: raw.SQLITE_CONSTRAINT };

    /// <summary>Why a row could not be handled. SQLite names the column itself.</summary>
    public static string ReasonOf(Exception error) => error is SqliteException
        ? $"could not be handled: {error.Message}"
        : $"could not be handled: {error.Message} ({error.GetType().Name})";

    // What a statement says of its values. A table that is missing, say, is nobody's fault of the rows.
    private static bool IsOfRow(SqliteException error) =>
        error.Code is raw.SQLITE_CONSTRAINT or raw.SQLITE_TOOBIG or raw.SQLITE_MISMATCH
        || (error.Code == raw.SQLITE_ERROR && error.Message is "malformed JSON" or "integer overflow");
}
