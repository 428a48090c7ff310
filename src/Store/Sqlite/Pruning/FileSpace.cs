using Aios.Store.Pruning;
using Aios.Store.Sqlite.Driver;

namespace Aios.Store.Sqlite.Pruning;

/// <summary>Asks how the file is filled, and gives some of it back. Neither costs more in a large file than in a small one.</summary>
internal static class FileSpace
{
    private const long Incremental = 2;

    public static StoredSpace Of(Statements sql) =>
        new(
            sql.Scalar<long>("PRAGMA page_count"),
            sql.Scalar<long>("PRAGMA freelist_count"),
            sql.Scalar<long>("PRAGMA page_size"),
            sql.Scalar<long>("PRAGMA auto_vacuum") == Incremental
        );

    /// <summary>Gives free pages back to the disk.</summary>
    public static void Shrink(Statements sql, int pages) => sql.Run($"PRAGMA incremental_vacuum({pages})");
}
