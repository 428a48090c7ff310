using Aios.Store.Sqlite.Driver;
using Aios.Store.Sqlite.Schema;
using Dapper;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Aios.Store.Sqlite.Files;

/// <summary>Whether a file is a whole database that this program can go on with. The file is not changed.</summary>
internal static class DatabaseInspection
{
    private static readonly byte[] Header = [.. "SQLite format 3\0"u8];

    /// <summary>Looks at all of it.</summary>
    /// <returns>How many runs went on when it was written.</returns>
    /// <exception cref="StoreException">It is not; the message says why.</exception>
    public static long Require(string path)
    {
        if (!HasHeader(path))
            throw new StoreException($"{path} is not a SQLite database. Name a copy that `aios backup` has made.");
        try
        {
            using var connection = Open(path);
            var version = RequireOurs(connection, path);
            if (Defect(connection, "integrity_check") is { } defect)
                throw new StoreException($"{path} is damaged: {defect}. Name another copy.");
            return version == 0 ? 0 : connection.ExecuteScalar<long>("SELECT count(*) FROM runs WHERE status = 'running'");
        }
        catch (SqliteException error)
        {
            var what = error.SqliteErrorCode == raw.SQLITE_CANTOPEN ? "cannot be opened" : "is damaged";
            throw new StoreException($"{path} {what} ({error.Text()}) and cannot be restored. Name another copy.", error);
        }
    }

    /// <summary>Whether the schema of a database is the one that this program writes.</summary>
    internal static bool IsCurrent(string path) =>
        SqliteStoreException.Translated(() =>
        {
            using var connection = Open(path);
            return connection.ExecuteScalar<long>("PRAGMA user_version") == Migrator.Newest;
        });

    /// <summary>What SQLite finds wrong, or null.</summary>
    internal static string? Defect(SqliteDatabase connection, string check) =>
        connection.ExecuteScalar<string?>($"PRAGMA {check}(1)") is var verdict && verdict == "ok" ? null : verdict;

    private static bool HasHeader(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        Span<byte> start = stackalloc byte[Header.Length];
        return file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length && start.SequenceEqual(Header);
    }

    // Version 0 is a database of the Python original, which is adopted at the next start.
    private static long RequireOurs(SqliteDatabase connection, string path)
    {
        var version = connection.ExecuteScalar<long>("PRAGMA user_version");
        var columns = connection.ExecuteScalar<long>(
            "SELECT count(*) FROM pragma_table_info('triggers') WHERE name IN ('id', 'job_name', 'args', 'kwargs')"
        );
        var hasId =
            version > 0
            && columns == 4
            && connection.ExecuteScalar<long>("SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name IN ('runs', 'config')") == 2
            && connection.ExecuteScalar<long>("SELECT count(*) FROM config WHERE key = 'database_id'") == 1;
        if (columns < 4 || (version > 0 && !hasId))
            throw new StoreException($"{path} is a database of another program: it has not the tables of AIOS.");
        if (version <= Migrator.Newest)
            return version;
        throw new StoreException(
            $"{path} was written by a newer AIOS (schema {version}, this program knows {Migrator.Newest}). Update this program."
        );
    }

    private static SqliteDatabase Open(string path)
    {
        var connection = SqliteDatabase.Open(path, SqliteOpenMode.ReadOnly);
        connection.Patience = TimeSpan.FromSeconds(10);
        return connection;
    }
}
