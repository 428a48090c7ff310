using Aios.Running.Linux;

namespace Aios.Running;

/// <summary>
/// Processes that nothing shows the origin of: they left their run's session and cleared their environment. As their
/// parents ended they came to this process, the subreaper, so they can be ended with it. Does nothing on systems other
/// than Linux.
/// </summary>
internal sealed class StrayProcesses
{
    private static readonly TimeSpan Nap = TimeSpan.FromMilliseconds(20);
    private readonly AdoptedPids? _adopted = OperatingSystem.IsLinux() ? new AdoptedPids() : null;
    private readonly TimeProvider _time;
    private readonly HashSet<int> _before;

    /// <summary>To be made before anything is started: children that this process has then are somebody else's.</summary>
    public StrayProcesses(TimeProvider time)
    {
        _time = time;
        _before = [.. Living()];
    }

    /// <summary>TERM to all, KILL after the grace, until none is left. Nothing of this process's own may run any more.</summary>
    public async Task EndAll(TimeSpan grace)
    {
        var told = new HashSet<int>();
        var since = _time.GetTimestamp();
        while (Living().Where(pid => !_before.Contains(pid)).ToList() is { Count: > 0 } strays)
        {
            var kill = _time.GetElapsedTime(since) >= grace;
            if (_time.GetElapsedTime(since) >= grace + grace)
                return;
            foreach (var pid in strays)
            {
                if (told.Add(pid) || kill)
                    _ = LibC.kill(pid, kill ? LibC.SIGKILL : LibC.SIGTERM);
            }

            await Task.Delay(Nap, _time).ConfigureAwait(false);
        }
    }

    private IEnumerable<int> Living() => _adopted is null ? [] : _adopted.Read().Where(pid => ProcStat.Of(pid) is { IsZombie: false });
}
