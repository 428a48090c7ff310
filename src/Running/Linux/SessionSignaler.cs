using System.Collections.Concurrent;

namespace Aios.Running.Linux;

/// <summary>
/// Sends TERM or KILL to every process of a child: its group, its session, and what has left both. That takes a look at
/// all processes, so requests that come together share one. KILL is repeated until nothing is left.
/// </summary>
internal sealed class SessionSignaler : IDisposable
{
    private const int FirstNapMilliseconds = 20;
    private const int MaxDoublings = 5;

    // The reaper tells of each end at once; this is for a process whose parent is not ours (traced, in a namespace).
    private const int CheckMilliseconds = 500;

    private readonly Reaper _reaper;
    private readonly BlockingCollection<(LinuxChild Child, int Signal)> _requests = [];
    private readonly HashSet<LinuxChild> _killing = [];
    private readonly HashSet<LinuxChild> _ending = [];
    private int _rounds;

    public SessionSignaler(Reaper reaper)
    {
        _reaper = reaper;
        new Thread(Loop) { IsBackground = true, Name = "aios signals" }.Start();
    }

    public void Request(LinuxChild child, int signal)
    {
        if (!_requests.IsAddingCompleted)
        {
            _requests.Add((child, signal));
        }
    }

    public void Dispose() => _requests.CompleteAdding();

    private void Loop()
    {
        while (!_requests.IsCompleted)
        {
            var signals = Take();
            foreach (var child in _killing)
            {
                signals[child] = LibC.SIGKILL;
            }

            Send(signals);
            Check();
        }
    }

    private void Check()
    {
        foreach (var child in _ending)
        {
            _reaper.Check(child);
        }

        _ending.RemoveWhere(child => child.IsEmpty);
        _killing.RemoveWhere(child => child.IsEmpty);
        _rounds++;
    }

    private Dictionary<LinuxChild, int> Take()
    {
        var signals = new Dictionary<LinuxChild, int>();
        for (var wait = Nap(); _requests.TryTake(out var request, wait); wait = 0)
        {
            signals[request.Child] = request.Signal;
            _ending.Add(request.Child);
            if (request.Signal == LibC.SIGKILL && _killing.Add(request.Child))
            {
                _rounds = 0;
            }
        }

        return signals;
    }

    private int Nap()
    {
        if (_killing.Count > 0)
        {
            return FirstNapMilliseconds << Math.Min(_rounds, MaxDoublings);
        }

        return _ending.Count > 0 ? CheckMilliseconds : Timeout.Infinite;
    }

    private void Send(Dictionary<LinuxChild, int> signals)
    {
        if (signals.Count == 0)
        {
            return;
        }

        // Looked up before the first signal: who loses its parent by it could not be found by it any more.
        var owned = Find([.. signals.Keys]);
        foreach (var (child, signal) in signals)
        {
            _reaper.SignalGroup(child, signal);
            Continue(signal, () => _reaper.SignalGroup(child, LibC.SIGCONT));
        }

        foreach (var (process, child) in owned)
        {
            if (process.Group != child.Pid)
            {
                SignalOne(process, signals[child]);
            }
        }
    }

    // A stopped process hears TERM only when it goes on.
    private static void Continue(int signal, Action action)
    {
        if (signal == LibC.SIGTERM)
        {
            action();
        }
    }

    private static void SignalOne(ProcStat process, int signal)
    {
        if (ProcStat.Of(process.Pid)?.Start != process.Start)
        {
            return;
        }

        _ = LibC.kill(process.Pid, signal);
        Continue(signal, () => LibC.kill(process.Pid, LibC.SIGCONT));
    }

    private static List<(ProcStat Process, LinuxChild Child)> Find(List<LinuxChild> children)
    {
        var bySession = new Dictionary<int, LinuxChild>();
        var byMark = new Dictionary<ProcessMark, LinuxChild>();
        foreach (var child in children)
        {
            bySession[child.Pid] = child;
            byMark[child.Mark] = child;
        }

        var earliest = children.Min(child => child.StartTicks ?? 0);
        return [.. new ProcessOwners<LinuxChild>(ProcessTable.Read(), OwnSigns).Find()];

        LinuxChild? OwnSigns(ProcStat process)
        {
            if (process.Start < earliest)
            {
                return null;
            }

            return bySession.GetValueOrDefault(process.Session)
                ?? (Environ.MarkOf(process.Pid) is { } mark ? byMark.GetValueOrDefault(mark) : null);
        }
    }
}
