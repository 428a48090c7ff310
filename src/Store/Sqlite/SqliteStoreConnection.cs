using Aios.Platform;
using Aios.Platform.Linux;
using Aios.Store.Audit;
using Aios.Store.Sqlite.Driver;
using Aios.Store.Sqlite.Files;
using Aios.Store.Sqlite.Schema;
using Aios.Store.Sqlite.Tables;
using Dapper;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Aios.Store.Sqlite;

/// <summary>
/// One connection to the database: opened, brought to the current schema, and used by one thread at a time. Writing
/// always begins with the write lock, so that a transaction never fails half-way for want of it.
/// </summary>
internal sealed class SqliteStoreConnection : IStoreConnection
{
    private const int LargestIdleLog = 4 * 1024 * 1024;

    // For what is read outside of a transaction. What callers ask for again and again is asked without waiting.
    private static readonly TimeSpan ReadPatience = TimeSpan.FromSeconds(1);

    private readonly SqliteDatabase _connection;
    private readonly Statements _statements;
    private readonly TimeProvider _clock;

    private SqliteStoreConnection(string path, SqliteDatabase connection, TimeProvider clock)
    {
        Path = path;
        _connection = connection;
        _clock = clock;
        _statements = new Statements(connection);
        Transaction = new SqliteStoreTransaction(_statements, new AuditHeadFile(path));
    }

    /// <summary>The database file.</summary>
    public string Path { get; }

    /// <summary>The verbs; they write only between <see cref="TryBegin"/> and <see cref="TryCommit"/>.</summary>
    internal SqliteStoreTransaction Transaction { get; }

    /// <summary>Opens the file, makes it if it is missing or empty, and brings its schema forward.</summary>
    /// <param name="path">The file.</param>
    /// <param name="journal">Null leaves the file as it is; a new one gets a rollback journal.</param>
    /// <param name="clock">For waiting.</param>
    /// <exception cref="StoreException">It cannot be opened, is no database, or is newer than this program.</exception>
    public static SqliteStoreConnection Open(string path, JournalMode? journal = null, TimeProvider? clock = null) =>
        Connect(path, SqliteOpenMode.ReadWriteCreate, journal, clock ?? TimeProvider.System, queue =>
        {
            Configure(queue._connection, path, journal);
            queue.Migrate();
        });

    /// <summary>Opens an existing file to look at it: its schema stays as it is. Null if there is none, or nothing in it.</summary>
    /// <exception cref="StoreException">It cannot be opened, is no database, or is newer than this program.</exception>
    internal static SqliteStoreConnection? OpenAsItIs(string path)
    {
        RefuseFolder(path);
        if (!File.Exists(path) || new FileInfo(path).Length == 0)
            return null;
        return Connect(path, SqliteOpenMode.ReadWrite, journal: null, TimeProvider.System, queue =>
            Migrator.IsCurrent(queue._statements, path)
        );
    }

    /// <summary>How long it takes until a small change is durable; null if there is no database.</summary>
    /// <exception cref="StoreException">It was not within <paramref name="patience"/>, or cannot be.</exception>
    public static TimeSpan? TimeToWrite(string path, TimeSpan patience, TimeProvider clock)
    {
        using var connection = OpenAsItIs(path);
        if (connection is null)
            return null;
        if (connection.WhyNotWritable() is { } why)
            throw new StoreException(why);
        var started = clock.GetTimestamp();
        connection.Write(
            queue =>
            {
                queue.Config.Put("health_probe", "", clock.GetUtcNow());
                return true;
            },
            patience
        );
        return clock.GetElapsedTime(started);
    }

    /// <inheritdoc />
    public IReadOnlyList<string> PutSchemaBack() => Write(_ => SchemaRepair.PutBack(_statements, Path));

    /// <inheritdoc />
    public void RefuseTorn() =>
        SqliteStoreException.Translated(() =>
        {
            MountedFile.RefuseTorn(this);
            return true;
        });

    /// <inheritdoc />
    public IStore StartWriter(TimeProvider clock) => new SqliteStore(this, clock);

    /// <summary>Looks the file through for damage of its structure; nobody can commit meanwhile.</summary>
    /// <returns>What is wrong, a line each, and whether there was time for all of it.</returns>
    public (IReadOnlyList<string> Damage, bool IsChecked) QuickCheck(TimeSpan? longest = null)
    {
        const int mostTold = 10;
        using var limit = longest is { } time
            ? new Timer(_ => raw.sqlite3_interrupt(_connection.Handle), null, time, Timeout.InfiniteTimeSpan)
            : null;
        try
        {
            var found = _statements.Query($"PRAGMA quick_check({mostTold})", row => row.GetString(0));
            return ([.. SchemaRepair.Gone(_statements), .. found is ["ok"] ? [] : found], true);
        }
        catch (SqliteException error) when (error.SqliteErrorCode == raw.SQLITE_INTERRUPT)
        {
            return ([], false);
        }
        catch (SqliteException error) when (error.SqliteErrorCode == raw.SQLITE_CORRUPT)
        {
            return ([error.Text()], true);
        }
    }

    /// <summary>Why the file takes no writes, in words; null if it does, or if another holds the lock just now.</summary>
    internal string? WhyNotWritable()
    {
        // On a file that cannot be written, SQLite begins nothing but a read, without a word.
        if (raw.sqlite3_db_readonly(_connection.Handle, "main") != 0)
            return SqliteTrouble.GaveUp(raw.SQLITE_READONLY, Path);
        var code = TryBegin();
        Rollback();
        return code == raw.SQLITE_OK || (code & 0xff) == raw.SQLITE_BUSY ? null : SqliteTrouble.GaveUp(code, Path);
    }

    /// <inheritdoc />
    public T Write<T>(Func<IStoreTransaction, T> work, TimeSpan? patience = null)
    {
        var giveUpAfter = patience ?? TimeSpan.FromSeconds(30);
        var started = _clock.GetTimestamp();
        while (true)
        {
            T? result;
            int code;
            try
            {
                code = TryWrite(work, out result);
            }
            catch (SqliteStoreException error) when (SqliteTrouble.Damage(error, Path) is { } what)
            {
                throw SqliteTrouble.IsDamaged(what, error);
            }

            if (code == raw.SQLITE_OK)
                return result!;
            if (_clock.GetElapsedTime(started) > giveUpAfter)
                throw SqliteTrouble.HasGivenUp(code, Path);
            Thread.Sleep(1);
        }
    }

    /// <summary>Does the work in one transaction if it can be had now; the answer is SQLite's result code.</summary>
    internal int TryWrite<T>(Func<IStoreTransaction, T> work, out T? result)
    {
        result = default;
        var code = TryBegin();
        if (code != raw.SQLITE_OK)
            return code;
        Transaction.OwnAudit.BeginTransaction();
        try
        {
            result = Transaction.Do(work);
        }
        catch (SqliteStoreException error) when (error.Code == raw.SQLITE_FULL && IsOutOfNumbers())
        {
            // No disk is full: a row has the largest number there is.
            return MendNumbers();
        }
        catch (SqliteStoreException error) when (SqliteTrouble.CanPass(error.Code))
        {
            Rollback();
            return error.ExtendedCode;
        }
        catch
        {
            Rollback();
            throw;
        }

        code = TryCommit();
        if (code == raw.SQLITE_OK)
            Transaction.OwnAudit.EndTransaction();
        return code;
    }

    private bool IsOutOfNumbers()
    {
        Rollback();
        return _statements.Scalar<long>("SELECT max(seq) FROM sqlite_sequence") > IdSpace.Largest
            || IdSpace.Tables.Any(table => _statements.Scalar<long>($"SELECT max(id) FROM {table}") > IdSpace.Largest);
    }

    // The answer is that the work is to be done again.
    private int MendNumbers()
    {
        var code = TryBegin();
        if (code != raw.SQLITE_OK)
            return code;
        try
        {
            _ = Transaction.Do(_ => Transaction.MendIds(_clock.GetUtcNow()));
        }
        catch
        {
            Rollback();
            throw;
        }

        code = TryCommit();
        return code == raw.SQLITE_OK ? raw.SQLITE_BUSY : code;
    }

    /// <summary>A number that changes when another connection has committed; null while the file is locked.</summary>
    internal long? DataVersion() =>
        WithoutWaiting(static database =>
        {
            var code = raw.sqlite3_prepare_v2(database.Handle, "PRAGMA data_version", out var statement);
            using (statement)
            {
                return code == raw.SQLITE_OK && raw.sqlite3_step(statement) == raw.SQLITE_ROW
                    ? raw.sqlite3_column_int64(statement, 0)
                    : (long?)null;
            }
        });

    /// <summary>How many rows it has changed since it was opened, also those of transactions that were taken back.</summary>
    internal int TotalChanges => raw.sqlite3_total_changes(_connection.Handle);

    /// <summary>Empties the write-ahead log, if there is one and nobody uses it just now.</summary>
    internal bool TryShortenLog() =>
        WithoutWaiting(static database =>
            raw.sqlite3_wal_checkpoint_v2(database.Handle, null, raw.SQLITE_CHECKPOINT_TRUNCATE, out _, out _)
        ) == raw.SQLITE_OK;

    /// <summary>Asks for the write lock, without waiting.</summary>
    internal int TryBegin() => WithoutWaiting(static database => CodeOf(() => database.BeginTransaction(deferred: false)));

    /// <summary>
    /// Makes the transaction durable. Readers can hold it up for a while; what cannot be committed is rolled back.
    /// </summary>
    internal int TryCommit()
    {
        var started = _clock.GetTimestamp();
        while (true)
        {
            var code = WithoutWaiting(static database => CodeOf(database.Commit));
            if (code == raw.SQLITE_OK)
                return code;
            if ((code & 0xff) != raw.SQLITE_BUSY || _clock.GetElapsedTime(started) > TimeSpan.FromSeconds(1))
            {
                Rollback();
                return code;
            }

            Thread.Sleep(1);
        }
    }

    /// <summary>Takes the transaction back, if one is open.</summary>
    internal void Rollback() =>
        WithoutWaiting(static database =>
        {
            database.Rollback();
            return true;
        });

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
            throw new StoreException(
                $"{path} is a folder, but the database must be a file. (Docker makes a folder where a mounted file is missing: "
                    + "remove it, make an empty file with `touch`, and start again.)"
            );
        }

        var folder = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path));
        if (folder is not null && !Directory.Exists(folder))
        {
            throw new StoreException(
                $"{path} cannot be made: its folder {folder} does not exist. Make the folder, or name another with --home or --db."
            );
        }
    }

    /// <summary>
    /// A write-ahead log is a part of the database. Beside a file that is mounted alone it lies where the file's other users
    /// do not look, and what is in it is lost with the container. So it is refused instead of being converted: that can be
    /// done only where all of it lies together.
    /// </summary>
    /// <exception cref="StoreException">The file is mounted alone, and has such a log or shall have one.</exception>
    internal static void RefuseLogOutsideMount(SqliteDatabase connection, string path, JournalMode? journal = null)
    {
        if (!Mounts.IsMountPoint(path))
            return;
        if (journal == JournalMode.Wal)
            throw new StoreException(
                $"{path} is mounted as a file of its own, so it cannot have a write-ahead log: that would stay outside of the mount. "
                    + $"Leave out --journal wal (AIOS_JOURNAL). Or: {Mounts.HowToMountAFolder}"
            );
        if (!HasLog(connection))
            return;
        throw new StoreException(
            $"{path} is mounted as a file of its own, but it has a write-ahead log, and that is outside of the mount. End what uses the "
                + $"file, and turn it back "
                + $"where it comes from: `sqlite3 {System.IO.Path.GetFileName(path)} 'PRAGMA journal_mode = DELETE'`. Or: "
                + $"{Mounts.HowToMountAFolder}"
        );
    }

    private static SqliteStoreConnection Connect(
        string path,
        SqliteOpenMode mode,
        JournalMode? journal,
        TimeProvider clock,
        Action<SqliteStoreConnection> prepare
    )
    {
        RefuseFolder(path);
        OwnFile.RefuseForeignLink(path);
        SqliteDatabase? connection = null;
        try
        {
            connection = SqliteDatabase.Open(path, mode);
            connection.Patience = TimeSpan.FromSeconds(5);
            RefuseLogOutsideMount(connection, path, journal);
            var queue = new SqliteStoreConnection(path, connection, clock);
            prepare(queue);
            return queue;
        }
        catch (Exception error)
        {
            connection?.Dispose();
            if ((error as SqliteStoreException ?? (error is SqliteException other ? SqliteStoreException.Of(other) : null)) is { } refusal)
                throw new StoreException(WhyNotOpened(path, refusal), error) { Fault = refusal.Fault };
            throw;
        }
    }

    private static void Configure(SqliteDatabase connection, string path, JournalMode? journal)
    {
        // Takes effect only in a new file; an existing one keeps what it was made with.
        connection.Run("PRAGMA auto_vacuum = INCREMENTAL");
        if (journal is { } mode)
            SetJournal(connection, path, mode);
        // A spilled cache would need the exclusive lock in the middle of a transaction, and a write-ahead log that a slow reader has
        // let grow does not stay as large.
        connection.Run(
            $"""
            PRAGMA synchronous = FULL;
            PRAGMA temp_store = MEMORY;
            PRAGMA cache_spill = OFF;
            PRAGMA cache_size = -4000;
            PRAGMA journal_size_limit = {LargestIdleLog};
            """
        );
    }

    // The mode belongs to the file, and can be changed only while nobody else has it open.
    private static void SetJournal(SqliteDatabase connection, string path, JournalMode mode)
    {
        if (HasLog(connection) == (mode == JournalMode.Wal))
            return;
        try
        {
            connection.Execute(mode == JournalMode.Wal ? "PRAGMA journal_mode = WAL" : "PRAGMA journal_mode = DELETE");
        }
        catch (SqliteException error) when (SqliteTrouble.CanPass(error.SqliteErrorCode))
        {
            var (asked, found) = mode == JournalMode.Wal ? ("wal", "rollback") : ("rollback", "wal");
            throw new StoreException(
                $"The journal of {path} is {found} and cannot be made {asked} while other programs use the file. End them, or start with "
                    + $"--journal {found}.",
                error
            );
        }
    }

    private static bool HasLog(SqliteDatabase connection) =>
        "wal".Equals(connection.ExecuteScalar<string>("PRAGMA journal_mode"), StringComparison.OrdinalIgnoreCase);

    private void Migrate()
    {
        var isCurrent = Migrator.IsCurrent(_statements, Path);
        _connection.Patience = ReadPatience;
        if (!isCurrent)
            Write(_ => Migrator.BringForward(_statements, Path));
    }

    private static int CodeOf(Action ask)
    {
        try
        {
            ask();
            return raw.SQLITE_OK;
        }
        catch (SqliteException error)
        {
            return error.SqliteExtendedErrorCode;
        }
    }

    private T WithoutWaiting<T>(Func<SqliteDatabase, T> ask)
    {
        _connection.Patience = TimeSpan.Zero;
        var answer = ask(_connection);
        // Within a transaction it stays like that: a cache that spills would wait for readers at each statement anew.
        if (!_connection.IsInTransaction)
            _connection.Patience = ReadPatience;
        return answer;
    }

    /// <summary>What an error of SQLite means for who wants to use the file, and what to do.</summary>
    internal static string WhyNotOpened(string path, SqliteStoreException error) =>
        error.Code switch
        {
            raw.SQLITE_NOTADB =>
                $"{path} is not a SQLite database. Name another file with --db, move this one away, or put a backup in its place (`aios "
                    + $"restore BACKUP`).",
            raw.SQLITE_CANTOPEN => SqliteTrouble.NotOpened(path),
            _ => SqliteTrouble.Damage(error, path) ?? SqliteTrouble.GaveUp(error.ExtendedCode, path),
        };
}
