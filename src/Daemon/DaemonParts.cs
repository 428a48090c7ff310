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
    AuditNote Audit,
    Courier Courier,
    Pinger Pinger,
    Inbox Inbox,
    DaemonFiles Files,
    IdleWatch Idle,
    EngineWatch Engine,
    WakeSignal Wake,
    Vitals Vitals,
    DaemonMetrics Counted,
    Tracing? Tracing,
    DaemonLog Log);
