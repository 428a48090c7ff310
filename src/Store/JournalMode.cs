namespace Aios.Store;

/// <summary>How SQLite makes a commit safe.</summary>
internal enum JournalMode
{
    /// <summary>A rollback journal beside the file while a commit goes on; a single file otherwise. The default.</summary>
    Rollback,

    /// <summary>A write-ahead log: faster, at the price of two more files that belong to the database.</summary>
    Wal,
}
