using System.Collections.Concurrent;

namespace Aios.Running.Linux;

/// <summary>
/// Sends TERM or KILL to every process of a child: its group, its session, and what has left both. That takes a look at
/// all processes, so children that are ended together share one. It is repeated until nothing is left, since a process
/// may be born between the look and the signal.
/// </summary>
internal sealed class SessionSignaler : IDisposable
{
    private const int FirstNapMilliseconds = 20;
    private const int MaxDoublings = 5;

    private readonly Reaper _reaper;
    private readonly BlockingCollection<(LinuxChild Child, int Signal)> _requests = [];
    private readonly Dictionary<LinuxChild, Ending> _ending = [];
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
            Take();
            Send();
            Check();
        }
    }

    private void Take()
    {
        var nap = _ending.Count == 0 ? Timeout.Infinite : FirstNapMilliseconds << Math.Min(_rounds, MaxDoublings);
        _rounds++;
        for (var wait = nap; _requests.TryTake(out var request, wait); wait = 0)
        {
            _ending[request.Child] = new(request.Signal);
            _rounds = 0;
        }
    }

    // The reaper tells of each end at once; this is for a process whose parent is not ours (traced, in a namespace).
    private void Check()
    {
        foreach (var child in _ending.Keys)
        {
            _reaper.Check(child);
        }

        foreach (var child in _ending.Keys.Where(child => child.IsEmpty).ToList())
        {
            _ending.Remove(child);
        }
    }

    private void Send()
    {
        if (_ending.Count == 0)
        {
            return;
        }

        // Looked up before the first signal: who loses its parent by it could not be found by it any more.
        var owned = SessionMembers.Find([.. _ending.Keys.Select(child => (child, (IChild)child, child.Mark))], Environ.MarkOf);
        foreach (var (child, ending) in _ending)
        {
            SendToGroup(child, ending);
        }

        foreach (var (process, child) in owned)
        {
            if (process.Group != child.Pid && _ending[child].IsDue(process))
            {
                SendToOne(process, _ending[child].Signal);
            }
        }
    }

    private void SendToGroup(LinuxChild child, Ending ending)
    {
        if (ending.GroupTold && ending.Signal != LibC.SIGKILL)
        {
            return;
        }

        ending.GroupTold = true;
        _reaper.SignalGroup(child, ending.Signal);
        Continue(ending.Signal, () => _reaper.SignalGroup(child, LibC.SIGCONT));
    }

    // A stopped process hears TERM only when it goes on.
    private static void Continue(int signal, Action action)
    {
        if (signal == LibC.SIGTERM)
        {
            action();
        }
    }

    private static void SendToOne(ProcStat process, int signal)
    {
        if (ProcStat.Of(process.Pid)?.Start != process.Start)
        {
            return;
        }

        _ = LibC.kill(process.Pid, signal);
        Continue(signal, () => LibC.kill(process.Pid, LibC.SIGCONT));
    }
}
