using Aios.Running.Linux.Limits;

namespace Aios.Running.Linux;

/// <summary>
/// Starts processes by posix_spawn. Two threads serve all of them: one reads the outputs, one (shared by all hosts in
/// this process) reaps. A third is started when something must be ended.
/// </summary>
internal sealed class LinuxProcessHost : IProcessHost
{
    private readonly Reaper _reaper = Reaper.Shared;
    private readonly Spawner _spawner = new();
    private readonly PipePoller _poller = new();
    private readonly Lazy<SessionSignaler> _signaler;

    private readonly bool _mayUseCgroups;

    /// <param name="mayUseCgroups">False keeps limits as where the daemon may make no control groups.</param>
    public LinuxProcessHost(bool mayUseCgroups = true)
    {
        _mayUseCgroups = mayUseCgroups;
        _signaler = new(() => new SessionSignaler(_reaper));
    }

    /// <summary>Knows all children.</summary>
    public Reaper Reaper => _reaper;

    public IChild Start(ProcessSpec spec, IChildObserver observer) => TryStart(spec.Mark, observer, (child, output, error) =>
        {
            _reaper.Start(child, _spawner, spec, output, error);
            return true;
        })!;

    /// <summary>Starts a child in a way of the caller's own.</summary>
    /// <param name="mark">What its environment says of where it belongs.</param>
    /// <param name="observer">Hears of it.</param>
    /// <param name="start">Given the child and the descriptors of its outputs; false if nothing was started.</param>
    /// <returns>Null if nothing was started.</returns>
    /// <exception cref="RunStartException">No more files can be opened.</exception>
    public LinuxChild? TryStart(ProcessMark mark, IChildObserver observer, Func<LinuxChild, int, int, bool> start)
    {
        var output = Pipe.Open();
        Pipe error;
        try
        {
            error = Pipe.Open();
        }
        catch (RunStartException)
        {
            _ = LibC.close(output.ReadEnd);
            _ = LibC.close(output.WriteEnd);
            throw;
        }

        try
        {
            return TryStart(new LinuxChild(this, mark, observer, output.ReadEnd, error.ReadEnd), child =>
                start(child, output.WriteEnd, error.WriteEnd)
            );
        }
        finally
        {
            _ = LibC.close(output.WriteEnd);
            _ = LibC.close(error.WriteEnd);
        }
    }

    public ILimiter MakeLimiter(string marker) => new LinuxLimiter(marker, _mayUseCgroups);

    /// <summary>What runs on is left to itself: its outputs are closed, and nothing more is told of it.</summary>
    public void Dispose()
    {
        if (_signaler.IsValueCreated)
        {
            _signaler.Value.Dispose();
        }

        _poller.Dispose();
    }

    internal void Signal(LinuxChild child, int signal) => _signaler.Value.Request(child, signal);

    internal void Finish(LinuxChild child) => _poller.Finish(child);

    private LinuxChild? TryStart(LinuxChild child, Func<LinuxChild, bool> start)
    {
        var isStarted = false;
        try
        {
            _poller.Add(child.Out);
            _poller.Add(child.Error);
            isStarted = start(child);
            return isStarted ? child : null;
        }
        finally
        {
            if (!isStarted)
            {
                _poller.Remove(child.Out);
                _poller.Remove(child.Error);
            }
        }
    }
}
