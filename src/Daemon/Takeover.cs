using Aios.Jobs;
using Aios.Store.Devices;

namespace Aios.Daemon;

/// <summary>Looks after what dead daemons left, beside the loop: what ran here before, and what others left.</summary>
internal sealed class Takeover(DaemonParts parts)
{
    private Task _runs = Task.CompletedTask;
    private Task _containers = Task.CompletedTask;

    /// <summary>Whether all of it is done.</summary>
    public bool IsDone => _runs.IsCompleted && _containers.IsCompleted;

    /// <summary>Begins with what this device left.</summary>
    public void Begin(DeviceRecord? former)
    {
        _runs = Recover(former);
        _containers = Guarded(list => parts.Recovery.RecoverFormerContainers(former, list));
    }

    /// <summary>Looks again, unless the last look goes on.</summary>
    public void LookAgain()
    {
        if (_runs.IsCompleted) _runs = Recover(former: null);
    }

    private Task Recover(DeviceRecord? former) => Guarded(async list =>
    {
        await parts.Recovery.RecoverFormerBoots(former, list).ConfigureAwait(false);
        await parts.Recovery.RecoverOthers(list).ConfigureAwait(false);
        await parts.Recovery.RemoveRunFiles().ConfigureAwait(false);
    });

    private async Task Guarded(Func<JobList, Task> recover)
    {
        try
        {
            await recover(parts.List.Current).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The daemon ended meanwhile.
        }
        catch (Exception error)
        {
            parts.Log.Warning($"Could not look after what dead daemons left: {error.Message}");
        }
    }
}
