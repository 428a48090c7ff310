namespace Aios.Running.Linux.Warm;

/// <summary>A request to a resident that was not answered yet.</summary>
internal sealed class PendingFork(LinuxChild child, TimeProvider clock)
{
    // A monitor sleeps at once. Other ways to wait spin first, and so take the processor from the very child they wait for.
    private readonly object _gate = new();
    private bool? _isStarted;

    public LinuxChild Child => child;

    public void Answer(bool isStarted)
    {
        lock (_gate)
        {
            _isStarted = isStarted;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Whether its process is there; null: no answer within that time.</summary>
    public bool? Wait(TimeSpan time)
    {
        var since = clock.GetTimestamp();
        lock (_gate)
        {
            while (_isStarted is null && time - clock.GetElapsedTime(since) is var left && left > TimeSpan.Zero)
            {
                Monitor.Wait(_gate, left);
            }

            return _isStarted;
        }
    }
}
