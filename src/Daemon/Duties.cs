using Aios.Daemon.Alarms;
using Aios.Daemon.Execution;
using Aios.Daemon.History;
using Aios.Daemon.Loop;
using Aios.Daemon.Monitoring;
using Aios.Daemon.Ticks;
using Aios.Store.Devices;

namespace Aios.Daemon;

/// <summary>The duties of the loop, in the order in which they are done.</summary>
internal static class Duties
{
    /// <summary>Makes them.</summary>
    public static IReadOnlyList<IDuty> Create(
        DaemonParts parts,
        DeviceRecord? former,
        LoopState loop,
        Shutdown shutdown,
        LoopFailures failures
    )
    {
        var scheduler = new Scheduler(parts.Context);
        var clock = new ClockMonitor(parts, loop);
        var status = new StatusLine(parts, clock);
        var faults = new TickFaults(parts, loop, failures);
        var timing = new TickTiming(parts, loop, scheduler);
        var database = new DatabaseMonitor(parts, loop, shutdown, timing);
        return
        [
            faults,
            clock,
            new JobListReload(parts, loop, scheduler, status),
            new LateReturns(parts.Supervisor),
            database,
            new IdleStart(parts, loop),
            new Heartbeat(parts, loop, shutdown, status),
            new HeapCollection(parts.Context.Clock),
            new EngineReports(parts, loop),
            parts.Audit,
            new ModelSettingsAudit(parts),
            new Takeover(parts, former),
            new TickRunner(parts, loop, shutdown, scheduler, timing, database, faults, failures, clock, status),
            new RetentionSteps(parts, loop),
            new NoticeDelivery(parts.NoticeDispatcher),
        ];
    }
}
