using Aios.Store;

namespace Aios.Daemon.Ticks;

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
    public string Words =>
        FailsForAll is not null
            ? $"{Change} fails for every row: {Reason}. Nothing is closed for that. Look for a SQL trigger or a CHECK that was added to "
                + $"the database"
            : $"{Table} {Key}: {Reason}";

    /// <summary>Whether an error comes of the row that was handled; else it is of the database or the machine as a whole.</summary>
    public static bool IsOfRow(Exception error) =>
        error switch
        {
            StoreException store => store.Fault is StoreFault.Rule or StoreFault.Value,
            OperationCanceledException or IOException or UnauthorizedAccessException => false,
            _ => true,
        };

    /// <summary>Whether it may as well come of a rule of the table, such as somebody's SQL trigger, that no row can meet.</summary>
    public static bool MayBeOfTable(Exception error) => error is StoreException { Fault: StoreFault.Rule };

    /// <summary>Why a row could not be handled. The database names the column itself.</summary>
    public static string ReasonOf(Exception error) =>
        error is StoreException
            ? $"could not be handled: {error.Message}"
            : $"could not be handled: {error.Message} ({error.GetType().Name})";
}
