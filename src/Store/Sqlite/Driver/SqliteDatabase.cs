using Dapper;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Aios.Store.Sqlite.Driver;

/// <summary>
/// A connection to a database file, for one thread at a time. Its commands belong to the transaction that is open, and wait for
/// the locks of others as <see cref="Patience"/> says.
/// </summary>
internal sealed class SqliteDatabase : SqliteConnection
{
    /// <summary>The path of a database that ends with its connection.</summary>
    public const string InMemory = ":memory:";

    private HashSet<string>? _worked;

    private SqliteDatabase(string path, SqliteOpenMode mode)
        : base(
            new SqliteConnectionStringBuilder
            {
                // A name that begins with "file:" would be taken for a URI.
                DataSource = path == InMemory ? path : System.IO.Path.GetFullPath(path),
                Mode = mode,
                Pooling = false,
            }.ToString()
        ) => Path = path;

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>For SQLite's own functions.</summary>
    public new sqlite3 Handle => base.Handle!;

    /// <summary>How long a statement waits for the locks of others. Zero unless it was said.</summary>
    public TimeSpan Patience
    {
        set => _ = raw.sqlite3_busy_timeout(Handle, (int)value.TotalMilliseconds);
    }

    /// <summary>Whether a transaction is open.</summary>
    public bool IsInTransaction => raw.sqlite3_get_autocommit(Handle) == 0;

    /// <summary>The number of the row that was inserted last.</summary>
    public long LastInsertedId => raw.sqlite3_last_insert_rowid(Handle);

    /// <summary>The statement that ran last, or failed.</summary>
    public string Last { get; private set; } = "";

    /// <summary>Opens a file. That it is a database shows with the first statement.</summary>
    /// <exception cref="SqliteException">It cannot be opened.</exception>
    public static SqliteDatabase Open(string path, SqliteOpenMode mode)
    {
        SqliteLibrary.Use();
        var database = new SqliteDatabase(path, mode);
        database.Open();
        return database;
    }

    /// <summary>Notes from now on which statements change rows; the answer is the set in which they are.</summary>
    public IReadOnlySet<string> Watch() => _worked = [];

    /// <summary>Ends that.</summary>
    public void Unwatch() => _worked = null;

    /// <summary>A statement is about to run.</summary>
    public void NoteBegun(string sql) => Last = sql;

    /// <summary>A statement has changed rows, or found some.</summary>
    public void NoteWorked(string sql) => _worked?.Add(sql);

    /// <summary>All rows, by a reader that copes with whatever other programs have written into them.</summary>
    public List<T> Query<T>(string sql, Func<Row, T> map, NamedValues? values = null)
    {
        var rows = this.Command(sql, handler: NamedValues.Binder).QueryBuffered(values ?? NamedValues.None, new RowReader<T>(map));
        if (rows.Count > 0)
            NoteWorked(sql);
        return rows;
    }

    /// <summary>Runs statements without values to their end, and throws away the rows if they give any.</summary>
    public void Run(string sql) => SqliteException.ThrowExceptionForRC(raw.sqlite3_exec(Handle, sql), Handle);

    /// <summary>Makes the transaction durable.</summary>
    /// <exception cref="SqliteException">It is not, and may be open still.</exception>
    public void Commit()
    {
        // SQLite may have taken it back already.
        if (!IsInTransaction)
            SqliteException.ThrowExceptionForRC(raw.SQLITE_ERROR, null);
        Transaction!.Commit();
    }

    /// <summary>Takes the transaction back, if one is open.</summary>
    public void Rollback()
    {
        if (Transaction is not { } transaction)
            return;
        // A COMMIT for which the disk was full has been taken back by SQLite; SqliteTransaction would not end without a ROLLBACK.
        if (!IsInTransaction)
            _ = raw.sqlite3_exec(Handle, "BEGIN");
        transaction.Dispose();
        if (IsInTransaction)
            _ = raw.sqlite3_exec(Handle, "ROLLBACK");
    }

    /// <inheritdoc />
    public override SqliteCommand CreateCommand() => new PromptCommand(this);

    // Dapper.AOT gives a command a timeout of 0, by which Microsoft.Data.Sqlite tries again for ever, each 150 ms, and takes it
    // out of the transaction that is open.
    private sealed class PromptCommand : SqliteCommand
    {
        private readonly SqliteDatabase _database;

        public PromptCommand(SqliteDatabase database) => Connection = _database = database;

        public override int CommandTimeout
        {
            get => -1;
            set { }
        }

        public override SqliteTransaction? Transaction
        {
            get => _database.Transaction;
            set { }
        }

        public override SqliteDataReader ExecuteReader(System.Data.CommandBehavior behavior)
        {
            _database.NoteBegun(CommandText);
            return base.ExecuteReader(behavior);
        }

        public override int ExecuteNonQuery()
        {
            var changed = base.ExecuteNonQuery();
            if (changed > 0)
                _database.NoteWorked(CommandText);
            return changed;
        }
    }
}
