using Aios.Store.Sqlite.Driver;
using Microsoft.Data.Sqlite;

namespace Aios.Store.Sqlite.Files;

/// <summary>Looks at a database file without changing it.</summary>
internal static class FileExamination
{
    // In the header of the file: how it is to be written. 2 is by a write-ahead log.
    private const int WriteVersionAt = 18;

    /// <summary>Looks at a file; null if there is none, or nothing in it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="longest">How long looking it through may take, during which nobody can commit.</param>
    /// <exception cref="StoreException">It cannot be opened, is no database, or not AIOS's.</exception>
    public static DatabaseExamination? Of(string path, TimeSpan longest)
    {
        using var connection = SqliteStoreConnection.OpenAsItIs(path);
        if (connection is null)
            return null;
        try
        {
            var (damage, isChecked) = connection.QuickCheck(longest);
            return new DatabaseExamination(new FileInfo(path).Length, damage, isChecked, connection.WhyNotWritable())
            {
                MendAdvice = $"Stop AIOS, and restore a backup (`aios restore BACKUP`) or try `sqlite3 {path} .recover`.",
                CheckAdvice = "Look a copy of it through with `PRAGMA integrity_check`.",
            };
        }
        catch (SqliteException error)
        {
            throw new StoreException($"{path} cannot be read: {error.Text()}", error);
        }
    }

    /// <summary>
    /// The journal of a file that nobody in this process has open (closing it would drop SQLite's locks); null if there is
    /// no file, or nothing in it.
    /// </summary>
    public static JournalMode? JournalOf(string path)
    {
        if (!File.Exists(path))
            return null;
        Span<byte> head = stackalloc byte[WriteVersionAt + 1];
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        if (file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) < head.Length)
            return null;
        return head[WriteVersionAt] == 2 ? JournalMode.Wal : JournalMode.Rollback;
    }
}
