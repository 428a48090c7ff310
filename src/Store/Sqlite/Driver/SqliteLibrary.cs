using SQLitePCL;

namespace Aios.Store.Sqlite.Driver;

/// <summary>Names the SQLite that is linked in (published) or packaged (under the JIT), once a process.</summary>
internal static class SqliteLibrary
{
    static SqliteLibrary()
    {
        raw.SetProvider(new SQLite3Provider_e_sqlite3());
        // A connection is used by one thread at a time, so it needs no lock of its own.
        _ = raw.sqlite3_config(raw.SQLITE_CONFIG_MULTITHREAD);
        // Nobody asks SQLite how much memory it uses, and counting it takes a lock at each allocation.
        _ = raw.sqlite3_config(raw.SQLITE_CONFIG_MEMSTATUS, 0);
    }

    /// <summary>Makes sure that the library is named before the first connection.</summary>
    public static void Use() { }
}
