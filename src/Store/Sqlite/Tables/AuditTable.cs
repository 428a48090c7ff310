using Aios.Store.Audit;
using Aios.Store.Sqlite.Driver;
using Dapper;

namespace Aios.Store.Sqlite.Tables;

/// <inheritdoc />
internal sealed class AuditTable : IAudit
{
    /// <summary>The triggers by which SQLite keeps the table as it is, by name.</summary>
    internal static readonly IReadOnlyList<(string Name, string Sql)> Guards =
    [
        (
            "audit_only_grows",
            "CREATE TRIGGER audit_only_grows BEFORE INSERT ON audit WHEN new.id IS NOT (SELECT coalesce(max(id), 0) + 1 FROM audit) BEGIN "
                + "SELECT RAISE(ABORT, 'the audit can only be added to'); END"
        ),
        (
            "audit_is_not_altered",
            "CREATE TRIGGER audit_is_not_altered BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit cannot be altered'); END"
        ),
        (
            "audit_is_not_removed",
            "CREATE TRIGGER audit_is_not_removed BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit cannot be removed'); END"
        ),
    ];

    private readonly SqliteDatabase _database;
    private readonly AuditHeadFile _file;
    private AuditHead? _from;
    private AuditHead? _to;
    private string? _databaseId;
    private DateTimeOffset _at;

    internal AuditTable(SqliteDatabase database, AuditHeadFile file)
    {
        _database = database;
        _file = file;
    }

    /// <inheritdoc />
    public string? Trouble { get; private set; }

    /// <inheritdoc />
    public AuditHead Head() =>
        SqliteStoreException
            .Translated(() =>
                _database.Query("SELECT id, hash FROM audit ORDER BY id DESC LIMIT 1", row => new AuditHead(
                    row.GetInt64(0),
                    row.GetString(1)
                ))
            )
            .FirstOrDefault()
        ?? AuditHead.Start;

    /// <inheritdoc />
    public void Append(AuditEntry entry)
    {
        var head = Head();
        _from ??= head;
        // Read now: once the transaction is over, others may hold the lock.
        _databaseId ??= DatabaseId();
        if (head == AuditHead.Start)
            head = Add(head, Begin(entry));
        (_to, _at) = (Add(head, entry), entry.At);
    }

    /// <summary>The hash of a row; null if there is no such row.</summary>
    internal string? HashOf(long id) =>
        SqliteStoreException.Translated(() =>
            _database.ExecuteScalar<string?>("SELECT CAST(hash AS TEXT) FROM audit WHERE id = @id", new { id })
        );

    /// <summary>A transaction begins.</summary>
    internal void BeginTransaction() => (_from, _to, _databaseId) = (null, null, null);

    /// <summary>The transaction is durable: its last row is written down outside of the database, too.</summary>
    internal void EndTransaction()
    {
        if (_to is not null)
            Trouble = _file.Move(_from!, _to, _databaseId!, _at, HashOf);
    }

    private AuditHead Add(AuditHead last, AuditEntry entry)
    {
        var (id, seconds) = (last.Id + 1, UnixTime.Of(entry.At));
        var hash = AuditChain.Hash(last.Hash, id, seconds, entry);
        _database.Execute(
            """
            INSERT INTO audit (id, at, actor, origin, action, job_name, subject, before, after, hash)
            VALUES (@id, @seconds, @Name, @Origin, @Action, @JobName, @Subject, @BeforeJson, @AfterJson, @hash)
            """,
            new
            {
                id,
                seconds,
                entry.By.Name,
                entry.By.Origin,
                entry.Action,
                entry.JobName,
                entry.Subject,
                entry.BeforeJson,
                entry.AfterJson,
                hash,
            }
        );
        return new AuditHead(id, hash);
    }

    // That another database stood in this place must not be forgotten just because it is gone.
    private AuditEntry Begin(AuditEntry first)
    {
        var id = DatabaseId();
        var former = _file.Read() is { } found && found.DatabaseId != id ? found : null;
        return new AuditEntry(first.At, first.By, AuditActions.Begin)
        {
            Subject = $"database {id}",
            BeforeJson = former is null ? null : former.Json(),
        };
    }

    private string DatabaseId() =>
        _database.ExecuteScalar<string?>("SELECT CAST(value AS TEXT) FROM config WHERE key = 'database_id'") ?? "";
}
