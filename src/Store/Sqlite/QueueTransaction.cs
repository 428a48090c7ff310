using Aios.Store.Jobs;
using Aios.Store.Logs;
using Aios.Store.Runs;
using Aios.Store.Sqlite.Driver;
using Aios.Store.Sqlite.Files;
using Aios.Store.Sqlite.Tables;

namespace Aios.Store.Sqlite;

/// <summary>What can be done within one transaction, by table.</summary>
internal sealed class QueueTransaction
{
    private readonly Statements _sql;

    internal QueueTransaction(Statements sql, AuditHeadFile auditHead)
    {
        _sql = sql;
        Triggers = new TriggerTable(sql);
        Runs = new RunTable(sql);
        Jobs = new JobTable(sql);
        Logs = new LogTable(sql);
        Schedules = new ScheduleTable(sql);
        Devices = new DeviceTable(sql);
        Holds = new HoldTable(sql);
        Config = new ConfigTable(sql);
        History = new HistoryQueries(sql);
        State = new StateTable(sql);
        ApiKeys = new ApiKeyTable(sql);
        Idempotency = new IdempotencyTable(sql);
        Events = new EventTable(sql);
        Audit = new AuditTable(sql, auditHead);
        Alarms = new AlarmTable(sql);
        Health = new HealthTable(sql);
        Notices = new NoticeTable(sql);
    }

    /// <summary>Does work that is taken back as a whole if it fails, while the transaction goes on.</summary>
    public void Attempt(Action work)
    {
        _sql.Run("SAVEPOINT attempt");
        try
        {
            work();
        }
        catch
        {
            // A full disk, say, has taken back the whole transaction already.
            if (_sql.IsInTransaction) _sql.Run("ROLLBACK TO attempt; RELEASE attempt");
            throw;
        }

        _sql.Run("RELEASE attempt");
    }

    /// <summary>The statement that ran last, or failed.</summary>
    internal string LastStatement => _sql.Last;

    /// <summary>Notes which statements change rows, until the next turn; the answer is the set in which they are.</summary>
    internal IReadOnlySet<string> WatchStatements() => _sql.Watch();

    /// <summary>Ends that.</summary>
    internal void UnwatchStatements() => _sql.Unwatch();

    /// <summary>
    /// Asks that the runs of a job end and start again; the answer is their numbers. A process that should always run
    /// starts at once, also if it was stopped or waits after a crash.
    /// </summary>
    public IReadOnlyList<long> Restart(string jobName)
    {
        Holds.Remove(jobName, HoldKind.Stopped);
        Holds.Remove(jobName, HoldKind.Ended);
        Renew(jobName);
        return Runs.RequestStopOf(jobName, StopRequest.Restart);
    }

    /// <summary>Gives a job a new chance: its failures no longer slow it down.</summary>
    public void Renew(string jobName)
    {
        Health.Reset(jobName);
        Triggers.BringForwardAlways(jobName);
    }

    /// <summary>Gives rows new numbers that have one beyond <see cref="IdSpace.Largest"/>, and says so in the log; false if there are none.</summary>
    internal bool MendIds(DateTimeOffset now)
    {
        var words = IdSpace.Mend(_sql);
        foreach (var line in words) Logs.Append(new LogLine(now, LogLevel.Warning, line), "");
        return words.Count > 0;
    }

    /// <summary>What should run.</summary>
    public TriggerTable Triggers { get; }

    /// <summary>What ran or runs.</summary>
    public RunTable Runs { get; }

    /// <summary>The last word about each job.</summary>
    public JobTable Jobs { get; }

    /// <summary>What runs and daemons said.</summary>
    public LogTable Logs { get; }

    /// <summary>How far each schedule has been followed.</summary>
    public ScheduleTable Schedules { get; }

    /// <summary>The daemons that share the database.</summary>
    public DeviceTable Devices { get; }

    /// <summary>The jobs that start nothing new because somebody said so.</summary>
    public HoldTable Holds { get; }

    /// <summary>Values that belong to the database as a whole.</summary>
    public ConfigTable Config { get; }

    /// <summary>All that is over.</summary>
    public HistoryQueries History { get; }

    /// <summary>What programs remember from run to run.</summary>
    public StateTable State { get; }

    /// <summary>Who may use the API.</summary>
    public ApiKeyTable ApiKeys { get; }

    /// <summary>What requests have made that must not be done twice.</summary>
    public IdempotencyTable Idempotency { get; }

    /// <summary>What happened, for those who watch.</summary>
    public EventTable Events { get; }

    /// <summary>Who changed what.</summary>
    public AuditTable Audit { get; }

    /// <summary>The jobs that are not well, or were not long ago.</summary>
    public HealthTable Health { get; }

    /// <summary>What is wrong with jobs.</summary>
    public AlarmTable Alarms { get; }

    /// <summary>What somebody is to be told.</summary>
    public NoticeTable Notices { get; }
}
