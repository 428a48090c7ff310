namespace Aios.Store.Pruning;

/// <summary>A row that SQLite does not let go, by a trigger that somebody has added to the database, say.</summary>
/// <param name="Table">Where it stands.</param>
/// <param name="Id">Its number.</param>
/// <param name="Why">What SQLite says.</param>
internal sealed record PruneRefusal(string Table, long Id, string Why);
