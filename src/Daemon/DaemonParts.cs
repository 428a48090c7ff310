using Aios.Daemon.Execution;
using Aios.Daemon.History;
using Aios.Daemon.Loop;
using Aios.Daemon.Monitoring;
using Aios.Daemon.Reporting;
using Aios.Daemon.Ticks;
using Aios.Models.Calls;
using Aios.Models.Configuration;
using Aios.Notices;
using Aios.Store;
using Aios.Store.Devices;

namespace Aios.Daemon;

/// <summary>What the loop works with.</summary>
internal sealed record DaemonParts(
    DaemonContext Context,
    DeviceRecord Self,
    IStore Store,
    LiveJobList List,
    LiveModelSettings Models,
    ModelGateway Gateway,
    Supervisor Supervisor,
    Recovery Recovery,
    Retention Retention,
    AuditReporter Audit,
    NoticeDispatcher NoticeDispatcher,
    Pinger Pinger,
    Inbox Inbox,
    DaemonFiles Files,
    IdleWatch Idle,
    EngineWatch Engine,
    WakeSignal Wake,
    Liveness Liveness,
    DaemonMetrics Counted,
    Tracing? Tracing,
    DaemonLog Log
);
