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
using Aios.Store.Triggers;

namespace Aios.Store;

/// <summary>What can be done in one transaction, by subject. All of it becomes durable together, or nothing does.</summary>
internal interface IStoreTransaction
{
    /// <summary>Does work that is taken back as a whole if it fails, while the transaction continues.</summary>
    void Attempt(Action work);

    /// <summary>What was asked of the database last, as the store itself tells such questions apart.</summary>
    string LastChange { get; }

    /// <summary>Notes which changes work, as <see cref="LastChange"/> calls them; the answer is the set in which they are.</summary>
    IReadOnlySet<string> WatchChanges();

    /// <summary>Ends that.</summary>
    void UnwatchChanges();

    /// <summary>A change in a few words for people.</summary>
    string Describe(string change);

    /// <summary>Gives rows new numbers whose own nothing can go on from, and says so in the log; false if there are none.</summary>
    bool RenumberUnusable(DateTimeOffset now);

    /// <summary>What should run.</summary>
    ITriggers Triggers { get; }

    /// <summary>What ran or runs.</summary>
    IRuns Runs { get; }

    /// <summary>What runs and daemons said.</summary>
    ILogs Logs { get; }

    /// <summary>The jobs that start nothing new because somebody said so.</summary>
    IHolds Holds { get; }

    /// <summary>How far each schedule has been followed.</summary>
    ISchedules Schedules { get; }

    /// <summary>The daemons that share the database.</summary>
    IDevices Devices { get; }

    /// <summary>What happened, for those who watch.</summary>
    IEvents Events { get; }

    /// <summary>Values that belong to the database as a whole.</summary>
    IConfig Config { get; }

    /// <summary>What programs remember from run to run.</summary>
    IState State { get; }

    /// <summary>Who may use the API.</summary>
    IApiKeys ApiKeys { get; }

    /// <summary>What requests have made that must not be done twice.</summary>
    IIdempotency Idempotency { get; }

    /// <summary>The jobs that are not well, or were not long ago.</summary>
    IJobHealth Health { get; }

    /// <summary>What is wrong with jobs.</summary>
    IAlarms Alarms { get; }

    /// <summary>What somebody is to be told.</summary>
    INotices Notices { get; }

    /// <summary>Who changed what.</summary>
    IAudit Audit { get; }

    /// <summary>Jobs of many steps.</summary>
    IFlows Flows { get; }

    /// <summary>What people are asked.</summary>
    IApprovals Approvals { get; }

    /// <summary>Calls to language models.</summary>
    ICalls Calls { get; }

    /// <summary>All that is over.</summary>
    IHistory History { get; }
}
