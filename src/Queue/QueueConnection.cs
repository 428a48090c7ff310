using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Aios.Queue;

/// <summary>
/// One connection to the database: opened, brought to the current schema, and used by one thread at a time. Writing
/// always begins with the write lock, so that a transaction never fails half-way for want of it.
/// </summary>
public sealed class QueueConnection : IDisposable
{
    private const int LargestIdleLog = 4 * 1024 * 1024;

    private readonly SqliteConnection _connection;
    private readonly Statements _statements;
    private readonly TimeProvider _clock;

    private QueueConnection(string path, SqliteConnection connection, TimeProvider clock)
    {
        Path = path;
        _connection = connection;
        _clock = clock;
        _statements = new Statements(connection);
        Transaction = new QueueTransaction(_statements);
    }

    /// <summary>The database file.</summary>
    public string Path { get; }

    /// <summary>For questions that are asked once (lists, status).</summary>
    internal SqliteConnection Raw => _connection;

    /// <summary>The verbs; they write only between <see cref="TryBegin"/> and <see cref="TryCommit"/>.</summary>
    internal QueueTransaction Transaction { get; }

    /// <summary>Opens the file, makes it if it is missing or empty, and brings its schema forward.</summary>
    /// <param name="path">The file.</param>
    /// <param name="journal">Null leaves the file as it is; a new one gets a rollback journal.</param>
    /// <param name="clock">For waiting.</param>
    /// <exception cref="QueueException">It cannot be opened, is no database, or is newer than this program.</exception>
    public static QueueConnection Open(string path, JournalMode? journal = null, TimeProvider? clock = null)
    {
        SqliteLibrary.Use();
        RefuseFolder(path);
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Pooling = false,
            DefaultTimeout = 1,
        }.ToString());
        try
        {
            connection.Open();
            Configure(connection, path, journal);
            var queue = new QueueConnection(path, connection, clock ?? TimeProvider.System);
            queue.Migrate();
            return queue;
        }
        catch (SqliteException error)
        {
            connection.Dispose();
            throw new QueueException(WhyNotOpened(path, error), error);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Does the work in one durable transaction, waiting up to <paramref name="patience"/> for the write lock.
    /// </summary>
    /// <exception cref="QueueException">The database stayed locked, full or read-only.</exception>
    public T Write<T>(Func<QueueTransaction, T> work, TimeSpan? patience = null)
    {
        var giveUpAfter = patience ?? TimeSpan.FromSeconds(30);
        var started = _clock.GetTimestamp();
        while (true)
        {
            var code = TryWrite(work, out var result);
            if (code == raw.SQLITE_OK) return result!;
            if (_clock.GetElapsedTime(started) > giveUpAfter) throw new QueueException(StoreTrouble.GaveUp(code, Path));
            Thread.Sleep(1);
        }
    }

    /// <summary>Does the work in one transaction if it can be had now; the answer is SQLite's result code.</summary>
    internal int TryWrite<T>(Func<QueueTransaction, T> work, out T? result)
    {
        result = default;
        var code = TryBegin();
        if (code != raw.SQLITE_OK) return code;
        try
        {
            result = work(Transaction);
        }
        catch (SqliteException error) when (StoreTrouble.CanPass(error.SqliteErrorCode))
        {
            Rollback();
            return error.SqliteExtendedErrorCode;
        }
        catch
        {
            Rollback();
            throw;
        }

        return TryCommit();
    }

    /// <summary>A number that changes when another connection has committed; null while the file is locked.</summary>
    internal long? DataVersion()
    {
        var code = raw.sqlite3_prepare_v2(_connection.Handle, "PRAGMA data_version", out var statement);
        using (statement)
        {
            if (code != raw.SQLITE_OK || raw.sqlite3_step(statement) != raw.SQLITE_ROW) return null;
            return raw.sqlite3_column_int64(statement, 0);
        }
    }

    /// <summary>How many rows it has changed since it was opened, also those of transactions that were taken back.</summary>
    internal int TotalChanges => raw.sqlite3_total_changes(_connection.Handle);

    /// <summary>Empties the write-ahead log, if there is one and nobody uses it just now.</summary>
    internal bool TryShortenLog() => raw.sqlite3_wal_checkpoint_v2(_connection.Handle, null, raw.SQLITE_CHECKPOINT_TRUNCATE, out _, out _) == raw.SQLITE_OK;

    /// <summary>Asks for the write lock, without waiting.</summary>
    internal int TryBegin() => raw.sqlite3_exec(_connection.Handle, "BEGIN IMMEDIATE");

    /// <summary>
    /// Makes the transaction durable. Readers can hold it up for a while; what cannot be committed is rolled back.
    /// </summary>
    internal int TryCommit()
    {
        var started = _clock.GetTimestamp();
        while (true)
        {
            var code = raw.sqlite3_exec(_connection.Handle, "COMMIT");
            if (code == raw.SQLITE_OK) return code;
            if (code != raw.SQLITE_BUSY || _clock.GetElapsedTime(started) > TimeSpan.FromSeconds(1))
            {
                Rollback();
                return code;
            }

            Thread.Sleep(1);
        }
    }

    /// <summary>Takes the transaction back, if one is open.</summary>
    internal void Rollback()
    {
        if (raw.sqlite3_get_autocommit(_connection.Handle) == 0) _ = raw.sqlite3_exec(_connection.Handle, "ROLLBACK");
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _statements.Dispose();
        _connection.Dispose();
    }

    private static void RefuseFolder(string path)
    {
        if (Directory.Exists(path))
        {
            throw new QueueException(
                $"{path} is a folder, but the database must be a file. (Docker makes a folder where a mounted file is missing: "
                + "remove it, make an empty file with `touch`, and start again.)");
        }

        var folder = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path));
        if (folder is not null && !Directory.Exists(folder))
        {
            throw new QueueException($"{path} cannot be made: its folder {folder} does not exist. Make the folder, or name another with --home or --db.");
        }
    }

    private static void Configure(SqliteConnection connection, string path, JournalMode? journal)
    {
        Execute(connection, "PRAGMA busy_timeout = 5000");
        // Takes effect only in a new file; an existing one keeps what it was made with.
        Execute(connection, "PRAGMA auto_vacuum = INCREMENTAL");
        if (journal is { } mode) SetJournal(connection, path, mode);
        Execute(connection, "PRAGMA synchronous = FULL");
        Execute(connection, "PRAGMA temp_store = MEMORY");
        // A spilled cache would need the exclusive lock in the middle of a transaction.
        Execute(connection, "PRAGMA cache_spill = OFF");
        Execute(connection, "PRAGMA cache_size = -4000");
        // A write-ahead log that a slow reader has let grow does not stay as large.
        Execute(connection, $"PRAGMA journal_size_limit = {LargestIdleLog}");
    }

    // The mode belongs to the file, and can be changed only while nobody else has it open.
    private static void SetJournal(SqliteConnection connection, string path, JournalMode mode)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode";
        var isWal = "wal".Equals(command.ExecuteScalar() as string, StringComparison.OrdinalIgnoreCase);
        if (isWal == (mode == JournalMode.Wal)) return;
        try
        {
            Execute(connection, mode == JournalMode.Wal ? "PRAGMA journal_mode = WAL" : "PRAGMA journal_mode = DELETE");
        }
        catch (SqliteException error) when (StoreTrouble.CanPass(error.SqliteErrorCode))
        {
            var (asked, found) = mode == JournalMode.Wal ? ("wal", "rollback") : ("rollback", "wal");
            throw new QueueException($"The journal of {path} is {found} and cannot be made {asked} while other programs use the file. End them, or start with --journal {found}.", error);
        }
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private void Migrate()
    {
        if (Migrator.IsCurrent(_statements, Path))
        {
            _ = raw.sqlite3_busy_timeout(_connection.Handle, 0);
            return;
        }

        _ = raw.sqlite3_busy_timeout(_connection.Handle, 0);
        Write(_ => Migrator.BringForward(_statements, Path));
    }

    private static string WhyNotOpened(string path, SqliteException error) => error.SqliteErrorCode switch
    {
        raw.SQLITE_NOTADB => $"{path} is not a SQLite database. Name another file with --db, or move this one away.",
        raw.SQLITE_CORRUPT => $"{path} is damaged ({error.Message}). Restore a backup, or try `sqlite3 {path} .recover`.",
        raw.SQLITE_CANTOPEN => $"{path} cannot be opened. Check its permissions and those of its folder.",
        _ => StoreTrouble.GaveUp(error.SqliteErrorCode, path),
    };
}
