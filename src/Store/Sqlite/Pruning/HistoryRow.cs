namespace Aios.Store.Sqlite.Pruning;

/// <summary>A row that may be removed.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Ended">When it was closed, ended or written, Unix seconds.</param>
internal readonly record struct HistoryRow(long Id, double Ended);
