namespace Aios.Running.Linux.Limits;

/// <summary>
/// Looks at the runs whose limits the kernel does not keep alone, ten times a second, on one thread that sleeps while
/// there are none. All that need a look at the machine's processes share it.
/// </summary>
internal sealed class LimitWatcher : IDisposable
{
    private const int NapMilliseconds = 100;

    private readonly Lock _gate = new();
    private readonly HashSet<WatchedRun> _runs = [];
    private readonly AutoResetEvent _added = new(false);
    private readonly MarkCache _marks = new();
    private volatile bool _disposed;

    public LimitWatcher() => new Thread(Loop) { IsBackground = true, Name = "aios limits" }.Start();

    public void Add(WatchedRun run)
    {
        lock (_gate)
        {
            _runs.Add(run);
        }

        _added.Set();
    }

    public void Remove(WatchedRun run)
    {
        lock (_gate)
        {
            _runs.Remove(run);
        }
    }

    public void Dispose()
    {
        _disposed = true;
        _added.Set();
    }

    private void Loop()
    {
        while (!_disposed)
        {
            var runs = Runs();
            if (runs.Count == 0)
            {
                _marks.Clear();
                _added.WaitOne();
                continue;
            }

            Look(runs);
            Thread.Sleep(NapMilliseconds);
        }

        _added.Dispose();
    }

    private List<WatchedRun> Runs()
    {
        lock (_gate)
        {
            return [.. _runs];
        }
    }

    private void Look(List<WatchedRun> runs)
    {
        var loads = Loads([.. runs.Where(run => run.NeedsLoad)]);
        foreach (var run in runs)
        {
            if (run.FindBreach(loads.GetValueOrDefault(run)) is { } breach)
            {
                Remove(run);
                run.Tell(breach);
            }
        }
    }

    private Dictionary<WatchedRun, SessionLoad> Loads(List<WatchedRun> runs)
    {
        var loads = runs.ToDictionary(run => run, _ => new SessionLoad());
        if (runs.Count == 0)
        {
            return loads;
        }

        foreach (var (process, run) in SessionMembers.Find([.. runs.Select(run => (run, run.Child, run.Mark))], _marks.Of))
        {
            loads[run].Add(process, run.Child.Pid);
        }

        return loads;
    }
}
