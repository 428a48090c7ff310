using Aios.Store.Api;
using Aios.Store.Audit;
using Aios.Store.Devices;
using Aios.Store.Events;
using Aios.Store.Flows;
using Aios.Store.Jobs;
using Aios.Store.Logs;
using Aios.Store.Models;
using Aios.Store.Notices;
using Aios.Store.Pruning;
using Aios.Store.Runs;
using Aios.Store.Sqlite.Driver;
using Aios.Store.Sqlite.Tables;
using Aios.Store.Triggers;

namespace Aios.Store.Sqlite;

/// <inheritdoc />
internal sealed class SqliteStoreTransaction : IStoreTransaction
{
    private readonly Statements _sql;

    internal SqliteStoreTransaction(Statements sql, AuditHeadFile auditHead)
    {
        _sql = sql;
        Triggers = new TriggerTable(sql);
        Runs = new RunTable(sql);
        Logs = new LogTable(sql);
        Schedules = new ScheduleTable(sql);
        Devices = new DeviceTable(sql);
        Holds = new HoldTable(sql);
        Config = new ConfigTable(sql);
        History = new HistoryQueries(sql);
        State = new StateTable(sql.Database);
        ApiKeys = new ApiKeyTable(sql.Database);
        Idempotency = new IdempotencyTable(sql.Database);
        Events = new EventTable(sql.Database);
        Audit = OwnAudit = new AuditTable(sql.Database, auditHead);
        Alarms = new AlarmTable(sql);
        Health = new HealthTable(sql);
        Notices = new NoticeTable(sql);
        Flows = new FlowTable(sql);
        Approvals = new ApprovalTable(sql.Database);
        Calls = new CallTable(sql);
    }

    /// <summary>Does work in it; what SQLite refuses becomes an error of the store.</summary>
    internal T Do<T>(Func<IStoreTransaction, T> work) => SqliteStoreException.Translated(() => work(this));

    /// <inheritdoc />
    public void Attempt(Action work)
    {
        _sql.Run("SAVEPOINT attempt");
        try
        {
            Do(_ =>
            {
                work();
                return true;
            });
        }
        catch
        {
            // A full disk, say, has taken back the whole transaction already.
            if (_sql.Database.IsInTransaction)
                _sql.Run("ROLLBACK TO attempt; RELEASE attempt");
            throw;
        }

        _sql.Run("RELEASE attempt");
    }

    /// <inheritdoc />
    public string LastChange => _sql.Database.Last;

    /// <inheritdoc />
    public IReadOnlySet<string> WatchChanges() => _sql.Database.Watch();

    /// <inheritdoc />
    public void UnwatchChanges() => _sql.Database.Unwatch();

    /// <inheritdoc />
    public string Describe(string change) =>
        string.Join(
            ' ',
            change
                .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
                .TakeWhile(word => word is not ("SET" or "INDEXED" or "WHERE" or "VALUES") && word[0] != '(')
                .Take(5)
        );

    /// <inheritdoc />
    public bool RenumberUnusable(DateTimeOffset now) => IdSpace.IsExhausted(Triggers.NewestId()) && MendIds(now);

    /// <summary>
    /// Gives rows new numbers that have one beyond <see cref="IdSpace.Largest"/>, and says so in the log; false if there are
    /// none.
    /// </summary>
    internal bool MendIds(DateTimeOffset now)
    {
        var words = IdSpace.Mend(_sql);
        foreach (var line in words)
            Logs.Append(new LogLine(now, LogLevel.Warning, line), "");
        return words.Count > 0;
    }

    /// <inheritdoc />
    public ITriggers Triggers { get; }

    /// <inheritdoc />
    public IRuns Runs { get; }

    /// <inheritdoc />
    public ILogs Logs { get; }

    /// <inheritdoc />
    public ISchedules Schedules { get; }

    /// <inheritdoc />
    public IDevices Devices { get; }

    /// <inheritdoc />
    public IHolds Holds { get; }

    /// <inheritdoc />
    public IConfig Config { get; }

    /// <inheritdoc />
    public IHistory History { get; }

    /// <inheritdoc />
    public IState State { get; }

    /// <inheritdoc />
    public IApiKeys ApiKeys { get; }

    /// <inheritdoc />
    public IIdempotency Idempotency { get; }

    /// <inheritdoc />
    public IEvents Events { get; }

    /// <inheritdoc />
    public IAudit Audit { get; }

    /// <inheritdoc />
    public IJobHealth Health { get; }

    /// <inheritdoc />
    public IAlarms Alarms { get; }

    /// <inheritdoc />
    public INotices Notices { get; }

    /// <inheritdoc />
    public IFlows Flows { get; }

    /// <inheritdoc />
    public IApprovals Approvals { get; }

    /// <inheritdoc />
    public ICalls Calls { get; }

    /// <summary>The audit, which learns of each transaction.</summary>
    internal AuditTable OwnAudit { get; }
}
