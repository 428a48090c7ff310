using Aios.Store;
using Aios.Store.Audit;

namespace Aios.Daemon;

/// <summary>
/// Logs the end of the audit now and then where the output is kept (journald, a container's log, a file): with it can be
/// told later that nothing was cut off and nothing written anew. A terminal keeps nothing, so it is not shown there.
/// </summary>
internal sealed class AuditReporter(DaemonContext context, IStore store, DaemonLog log)
{
    private static readonly TimeSpan Between = TimeSpan.FromHours(1);

    private readonly IntervalGate _pace = new(context.Clock, Between);
    private AuditHead _told = AuditHead.Start;

    /// <summary>Says it if it is time and there is something new; returns at once.</summary>
    public void Tend()
    {
        if (store.Trouble is null && _pace.IsDue()) _ = Look();
    }

    /// <summary>Begins to watch. Where nobody has done anything yet, there is nothing to say.</summary>
    public void Begin(AuditHead head, string? trouble)
    {
        _told = head;
        Tell(head, trouble);
    }

    /// <summary>Says it.</summary>
    public void Tell(AuditHead head, string? trouble)
    {
        if (head != _told && !context.Settings.IsInTerminal) log.Info($"The audit ends with {head}.");
        if (trouble is not null) log.Warning($"Nobody can tell whether the audit is whole: {trouble}.");
        _told = head;
        _pace.Begin();
    }

    private async Task Look()
    {
        try
        {
            var (head, trouble) = await store.Write(queue => (queue.Audit.Head(), queue.Audit.Trouble)).ConfigureAwait(false);
            Tell(head, trouble);
        }
        catch (StoreException)
        {
            // The daemon ends.
        }
    }
}
