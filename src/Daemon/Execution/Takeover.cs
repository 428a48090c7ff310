using Aios.Daemon.Loop;
using Aios.Jobs;
using Aios.Store.Devices;

namespace Aios.Daemon.Execution;

/// <summary>Recovers what dead daemons left, beside the loop: what ran here before, and what others left.</summary>
internal sealed class Takeover(DaemonParts parts, DeviceRecord? former) : IDuty
{
    private readonly IntervalGate _gate = new(parts.Context.Clock, TimeSpan.FromSeconds(10));
    private readonly IntervalGate _files = new(parts.Context.Clock, TimeSpan.FromHours(1));
    private Task? _runs;
    private bool _isTidy;
    private Task _containers = Task.CompletedTask;

    /// <inheritdoc />
    public bool IsDue => _gate.IsOpen && _runs is not { IsCompleted: false };

    /// <inheritdoc />
    public bool MayEnd => _runs is { IsCompleted: true } && _containers.IsCompleted;

    /// <summary>Begins with what this device left; from then on looks for what others leave.</summary>
    public void Run()
    {
        _gate.Begin();
        if (_runs is null)
            _containers = Guarded(list => parts.Recovery.RecoverFormerContainers(former, list));
        _runs = Recover(_runs is null ? former : null);
    }

    private Task Recover(DeviceRecord? former) =>
        Guarded(async list =>
        {
            await parts.Recovery.RecoverFormerBoots(former, list).ConfigureAwait(false);
            if (await parts.Recovery.RecoverOthers(list).ConfigureAwait(false))
                _isTidy = false;
            await RemoveRunFiles().ConfigureAwait(false);
        });

    // Only a daemon that died leaves some, so folders are not listed each time. Until all are gone they are looked at each time.
    private async Task RemoveRunFiles()
    {
        if (_isTidy && !_files.IsOpen)
            return;
        _files.Begin();
        _isTidy = await parts.Recovery.RemoveRunFiles().ConfigureAwait(false);
    }

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
