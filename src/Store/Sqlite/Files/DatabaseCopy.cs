using Aios.Store.Sqlite.Driver;
using Dapper;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Aios.Store.Sqlite.Files;

/// <summary>
/// A consistent copy of a database, while others go on using it, by SQLite's own means. A commit of another process makes
/// it begin again; when that has happened some times, it is taken in one go, for which commits wait a moment.
/// </summary>
internal static class DatabaseCopy
{
    private const int PagesAtOnce = 512;
    private const int MostRestarts = 3;
    private static readonly TimeSpan BetweenSteps = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Makes it, and checks it.</summary>
    /// <param name="source">An existing database.</param>
    /// <param name="target">An empty file; the copy has a rollback journal, so that it is one file.</param>
    /// <param name="readOnly">Whether the source must not be changed, not even to roll back what a crash left.</param>
    /// <param name="progress">Told how many pages of how many are done.</param>
    /// <exception cref="StoreException">It could not be made, and the target is worth nothing.</exception>
    public static void Make(string source, string target, bool readOnly = false, Action<long, long>? progress = null)
    {
        try
        {
            using (var from = Open(source, readOnly ? SqliteOpenMode.ReadOnly : SqliteOpenMode.ReadWrite))
            using (var to = Open(target, SqliteOpenMode.ReadWrite))
            {
                // Nobody needs what stands there before it is complete.
                to.Execute("PRAGMA journal_mode = OFF");
                to.Execute("PRAGMA synchronous = OFF");
                Copy(from, to, progress);
            }

            using var copy = Open(target, SqliteOpenMode.ReadWrite);
            copy.Execute("PRAGMA journal_mode = DELETE");
            if (DatabaseInspection.Defect(copy, "quick_check") is { } defect)
                throw new StoreException($"{source} is damaged, so no copy of it was made: {defect}. Try `sqlite3 {source} .recover`.");
        }
        catch (SqliteException error)
        {
            throw new StoreException(Explain(error.SqliteErrorCode, source, target), error);
        }
    }

    private static void Copy(SqliteDatabase from, SqliteDatabase to, Action<long, long>? progress)
    {
        using var backup = raw.sqlite3_backup_init(to.Handle, "main", from.Handle, "main");
        if (backup.IsInvalid)
            SqliteException.ThrowExceptionForRC(raw.sqlite3_errcode(to.Handle), to.Handle);
        var (restarts, left, lastStep) = (0, int.MaxValue, TimeProvider.System.GetTimestamp());
        while (true)
        {
            var code = raw.sqlite3_backup_step(backup, restarts < MostRestarts ? PagesAtOnce : -1);
            if (code == raw.SQLITE_DONE)
                return;
            if (code == raw.SQLITE_OK)
            {
                var remaining = raw.sqlite3_backup_remaining(backup);
                if (remaining > left)
                    restarts++;
                left = remaining;
                lastStep = TimeProvider.System.GetTimestamp();
                progress?.Invoke(raw.sqlite3_backup_pagecount(backup) - remaining, raw.sqlite3_backup_pagecount(backup));
            }
            else if (code is not (raw.SQLITE_BUSY or raw.SQLITE_LOCKED) || TimeProvider.System.GetElapsedTime(lastStep) > Patience)
            {
                SqliteException.ThrowExceptionForRC(code, to.Handle);
            }

            Thread.Sleep(BetweenSteps);
        }
    }

    private static string Explain(int code, string source, string target) =>
        (code & 0xff) switch
        {
            raw.SQLITE_FULL => $"The disk that holds {target} is full. Make room, or name another place.",
            raw.SQLITE_NOTADB => $"{source} is not a SQLite database.",
            raw.SQLITE_CORRUPT => $"{source} is damaged, so no copy of it was made. Try `sqlite3 {source} .recover`.",
            raw.SQLITE_READONLY =>
                $"{source} was not closed by the program that wrote it, and cannot be put right where it is. Copy it, with its -journal "
                    + $"or -wal file, to where it may be written.",
            _ => SqliteTrouble.GaveUp(code, source),
        };

    private static SqliteDatabase Open(string path, SqliteOpenMode mode)
    {
        var connection = SqliteDatabase.Open(path, mode);
        connection.Patience = Patience;
        return connection;
    }
}
