namespace Aios.Queue;

/// <summary>What can be done within one transaction, by table.</summary>
public sealed class QueueTransaction
{
    internal QueueTransaction(Statements sql)
    {
        Triggers = new TriggerTable(sql);
        Runs = new RunTable(sql);
        Jobs = new JobTable(sql);
        Logs = new LogTable(sql);
        Schedules = new ScheduleTable(sql);
        Devices = new DeviceTable(sql);
        Config = new ConfigTable(sql);
        History = new HistoryTable(sql);
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

    /// <summary>Values that belong to the database as a whole.</summary>
    public ConfigTable Config { get; }

    /// <summary>All that is over.</summary>
    public HistoryTable History { get; }
}
