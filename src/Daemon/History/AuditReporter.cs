using Aios.Daemon.Loop;
using Aios.Daemon.Reporting;
using Aios.Store;
using Aios.Store.Audit;

namespace Aios.Daemon.History;

/// <summary>
/// Logs the end of the audit now and then where the output is kept (journald, a container's log, a file): with it can be
/// told later that nothing was cut off and nothing written anew. A terminal keeps nothing, so it is not shown there.
/// </summary>
internal sealed class AuditReporter(DaemonContext context, IStore store, DaemonLog log) : IDuty
{
    private static readonly TimeSpan Between = TimeSpan.FromHours(1);

    private readonly IntervalGate _gate = new(context.Clock, Between);
    private AuditHead _reported = AuditHead.Start;

    /// <inheritdoc />
    public bool IsDue => store.Trouble is null && _gate.IsOpen;

    /// <inheritdoc />
    public void Run()
    {
        _gate.Begin();
        _ = Read();
    }

    /// <summary>Begins to watch. Where nobody has done anything yet, there is nothing to say.</summary>
    public void Begin(AuditHead head, string? trouble)
    {
        _reported = head;
        Report(head, trouble);
    }

    /// <summary>Says it.</summary>
    public void Report(AuditHead head, string? trouble)
    {
        if (head != _reported && !context.Settings.IsInTerminal)
            log.Info($"The audit ends with {head}.");
        if (trouble is not null)
            log.Warning($"The audit cannot be verified: {trouble}.");
        _reported = head;
        _gate.Begin();
    }

    private async Task Read()
    {
        try
        {
            var (head, trouble) = await store.Write(queue => (queue.Audit.Head(), queue.Audit.Trouble)).ConfigureAwait(false);
            Report(head, trouble);
        }
        catch (StoreException)
        {
            // The daemon ends.
        }
    }
}
