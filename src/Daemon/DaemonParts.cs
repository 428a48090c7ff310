using Aios.Notices;
using Aios.Queue;

namespace Aios.Daemon;

/// <summary>What the loop works with.</summary>
internal sealed record DaemonParts(
    DaemonContext Context,
    DeviceRecord Self,
    Store Store,
    LiveJobList List,
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
    DaemonLog Log);
