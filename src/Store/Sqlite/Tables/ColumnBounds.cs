using Aios.Store.Triggers;

namespace Aios.Store.Sqlite.Tables;

/// <summary>
/// How large the columns of a trigger may be, in bytes. Whoever inserts more learns from the row's reason; nothing of it is
/// read into memory.
/// </summary>
internal static class ColumnBounds
{
    /// <summary>Positional and named arguments.</summary>
    public const int Arguments = NewTrigger.MostArgumentBytes;

    /// <summary>The texts that name something.</summary>
    public const int Name = 1024;

    /// <summary>What is shown to people.</summary>
    public const int Words = 64 * 1024;

    /// <summary>Each column with its bound.</summary>
    public static readonly IReadOnlyList<(string Column, int Bytes)> OfTriggers =
    [
        ("job_name", Name),
        ("args", Arguments),
        ("kwargs", Arguments),
        ("dedup_key", Name),
        ("source", Name),
        ("traceparent", Name),
        ("reason", Words),
        ("note", Words),
    ];

    /// <summary>SQL that says which column is too large, or NULL. Nothing reads the value for that.</summary>
    public static string TooLarge(string elseSql) => $"CASE {string.Concat(OfTriggers.Select(When))}ELSE {elseSql} END";

    private static string When((string Column, int Bytes) bound)
    {
        var bytes = Bytes(bound.Column);
        return $"WHEN {bytes} > {bound.Bytes} THEN '{bound.Column}: ' || {bytes} || ' bytes; expected at most {bound.Bytes}' ";
    }

    // Of a column SQLite knows this without reading it.
    private static string Bytes(string column) => $"octet_length({column})";
}
