using Aios.Store.Pruning;
using Aios.Store.Sqlite.Driver;
using Dapper;

namespace Aios.Store.Sqlite.Pruning;

/// <summary>Asks how the file is filled, and gives some of it back. Neither costs more in a large file than in a small one.</summary>
internal static class FileSpace
{
    private const long Incremental = 2;

    public static StoredSpace Of(SqliteDatabase database) =>
        new(
            database.ExecuteScalar<long>("PRAGMA page_count"),
            database.ExecuteScalar<long>("PRAGMA freelist_count"),
            database.ExecuteScalar<long>("PRAGMA page_size"),
            database.ExecuteScalar<long>("PRAGMA auto_vacuum") == Incremental
        );

    /// <summary>Gives free pages back to the disk.</summary>
    public static void Shrink(SqliteDatabase database, int pages) => database.Run($"PRAGMA incremental_vacuum({pages})");
}
