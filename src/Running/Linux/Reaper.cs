using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Aios.Running.Linux;

/// <summary>
/// Reaps this process's children: those of all hosts and orphans that come to us as a subreaper (or as process 1), but
/// not children that another part of the process started and waits for, such as those of
/// <see cref="System.Diagnostics.Process"/>. So it looks first (WNOWAIT), and then reaps by id.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "Lives as long as the process.")]
internal sealed unsafe class Reaper
{
    private const int SiginfoSize = 128;
    private const int SigIgn = 1;
    private static readonly TimeSpan InitNap = TimeSpan.FromSeconds(5);

    // An orphan that a foreign child left in our own session looks like a foreign child, but nobody will reap it.
    private static readonly TimeSpan OrphanPatience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ForeignPatience = TimeSpan.FromSeconds(30);
    private static readonly Lazy<Reaper> Instance = new(() => new Reaper());

    // Held for reading while a process is started and not yet known; for writing to wait until none is.
    private readonly ReaderWriterLockSlim _starting = new();
    private readonly ConcurrentDictionary<int, LinuxChild> _leaders = new();
    private readonly Lock _gate = new();
    private readonly OrphanOwners _orphanOwners;
    private readonly AutoResetEvent _started = new(false);
    private readonly List<LinuxChild> _checks = [];
    private readonly ConcurrentDictionary<IForker, bool> _forkers = new();
    private int _idle;

    private Reaper()
    {
        _orphanOwners = new(_leaders);
        NoticeDeaths();
        _ = LibC.prctl(LibC.PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
        new Thread(Loop) { IsBackground = true, Name = "aios reaper" }.Start();
    }

    /// <summary>The kernel gives a process one set of children, so there is one reaper, however many hosts.</summary>
    public static Reaper Shared => Instance.Value;

    /// <summary>Starts a child that this reaper will know.</summary>
    /// <exception cref="RunStartException">It could not be started.</exception>
    public void Start(LinuxChild child, Spawner spawner, ProcessSpec spec, int output, int error)
    {
        _starting.EnterReadLock();
        try
        {
            Take(child, spawner.Spawn(spec, output, error));
        }
        finally
        {
            _starting.ExitReadLock();
        }

        if (Interlocked.Exchange(ref _idle, 0) == 1)
        {
            _started.Set();
        }
    }

    /// <summary>Takes over a child of this process that leads its session and that somebody forked for us.</summary>
    public void Take(LinuxChild child, int pid)
    {
        child.Began(pid);
        lock (_gate)
        {
            _orphanOwners.Add(child);
        }

        _leaders[pid] = child;
    }

    /// <summary>From now on it is asked before a dead child that nobody knows is taken for an orphan.</summary>
    public void Add(IForker forker) => _forkers[forker] = true;

    /// <summary>It forks nothing more.</summary>
    public void Remove(IForker forker) => _forkers.TryRemove(forker, out _);

    /// <summary>Kills the leader alone, unless it has ended.</summary>
    public void KillLeader(LinuxChild child)
    {
        lock (_gate)
        {
            if (child.Exit is null)
            {
                _ = LibC.kill(child.Pid, LibC.SIGKILL);
            }
        }
    }

    /// <summary>Signals the leader's group, unless nothing is left and the id may be another's.</summary>
    public void SignalGroup(LinuxChild child, int signal)
    {
        lock (_gate)
        {
            if (!child.IsEmpty)
            {
                _ = LibC.kill(-child.Pid, signal);
            }
        }
    }

    /// <summary>Looks again whether something is left of a child whose leader ended.</summary>
    public void Check(LinuxChild child)
    {
        // Told within the lock, so that who tells of the end cannot overtake who tells of the leader's.
        lock (_gate)
        {
            if (child.IsEmpty || child.Exit is not { } exit)
            {
                return;
            }

            var left = IsLeft(child);
            if (!child.ExitTold)
            {
                child.TellExit(exit, left);
            }
            else if (!left)
            {
                child.TellEmpty();
            }
        }
    }

    // A parent may have ignored SIGCHLD, which a process inherits, and then the kernel keeps no exit status.
    private static void NoticeDeaths()
    {
        var old = stackalloc byte[256];
        if (LibC.sigaction(LibC.SIGCHLD, null, old) == 0 && *(nint*)old == SigIgn)
        {
            _ = LibC.signal(LibC.SIGCHLD, 0);
        }
    }

    private void Loop()
    {
        while (true)
        {
            var wait = _checks.Count == 0;
            var pid = Peek(LibC.P_ALL, 0, wait ? 0 : LibC.WNOHANG, out var exit);
            if (pid > 0)
            {
                Serve(pid, exit);
            }
            else if (!wait)
            {
                RunChecks();
            }
            else
            {
                WaitForStart();
            }
        }
    }

    /// <summary>A dead child, left as it is; 0 if there is none now, -1 if there is no child at all.</summary>
    private static int Peek(int idType, int id, int options, out ExitStatus exit)
    {
        var info = stackalloc byte[SiginfoSize];
        int answer;
        do
        {
            new Span<byte>(info, SiginfoSize).Clear();
            answer = LibC.waitid(idType, id, info, LibC.WEXITED | LibC.WNOWAIT | options);
        } while (answer != 0 && Errno.Last == Errno.EINTR);

        var siginfo = new ChildSiginfo(info);
        exit = siginfo.Exit;
        return answer == 0 ? siginfo.Pid : -1;
    }

    private static ProcessUsage Reap(int pid)
    {
        var rusage = stackalloc byte[ResourceUsage.Size];
        int status,
            reaped;
        do
        {
            reaped = LibC.wait4(pid, &status, 0, rusage);
        } while (reaped < 0 && Errno.Last == Errno.EINTR);

        return reaped == pid ? ResourceUsage.Read(rusage) : ProcessUsage.None;
    }

    private void Serve(int pid, ExitStatus exit)
    {
        if (!TryServe(pid, exit))
        {
            OutlastForeign(pid);
        }
    }

    /// <summary>False: it is somebody else's to reap.</summary>
    private bool TryServe(int pid, ExitStatus exit)
    {
        if (TryServeLeader(pid, exit))
        {
            return true;
        }

        // It may be a child that is just being started and has ended before it became known. It may even have looked
        // like an orphan, if it hung on the main thread already.
        _starting.EnterWriteLock();
        _starting.ExitWriteLock();
        foreach (var forker in _forkers.Keys)
        {
            forker.Hear();
        }

        return TryServeLeader(pid, exit) || TryReapOrphan(pid);
    }

    private bool TryServeLeader(int pid, ExitStatus exit)
    {
        if (!_leaders.TryGetValue(pid, out var child))
        {
            return false;
        }

        LeaderEnded(child, exit);
        return true;
    }

    private void LeaderEnded(LinuxChild child, ExitStatus exit)
    {
        bool left;
        lock (_gate)
        {
            child.Used = child.Used.Plus(Reap(child.Pid));
            _leaders.TryRemove(child.Pid, out _);
            child.Exit = exit;
            left = IsLeft(child);
        }

        if (!left)
        {
            child.TellExit(exit, leftBehind: false);
            return;
        }

        // What looks left may be dead and only wait to be reaped: that comes first.
        _checks.Add(child);
    }

    private bool TryReapOrphan(int pid)
    {
        lock (_gate)
        {
            if (!_orphanOwners.TryRemoveOrphan(pid, onlyKnown: false, out var owner))
            {
                return false;
            }

            var used = Reap(pid);
            if (owner is not null)
            {
                owner.Used = owner.Used.Plus(used);
            }

            CheckSoon(owner);
            return true;
        }
    }

    // A dead child that somebody else will reap stays the first in each answer and hides the others until then.
    private void OutlastForeign(int pid)
    {
        // The system's own clock: it waits for what the kernel does, and one reaper serves all hosts, whatever clock they have.
        var since = TimeProvider.System.GetTimestamp();
        for (var nap = 1; ProcStat.Of(pid) is { IsZombie: true }; nap = Math.Min(nap * 2, 16))
        {
            if (TimeProvider.System.GetElapsedTime(since) > PatienceWith(pid))
            {
                Reap(pid);
                return;
            }

            foreach (var other in _leaders.Keys.Concat(Adopted()))
            {
                if (other != pid && Peek(LibC.P_PID, other, LibC.WNOHANG, out var exit) == other)
                {
                    TryServe(other, exit);
                }
            }

            RunChecks();
            Thread.Sleep(nap);
        }
    }

    private List<int> Adopted()
    {
        lock (_gate)
        {
            return _orphanOwners.Adopted();
        }
    }

    private TimeSpan PatienceWith(int pid) => Adopted().Contains(pid) ? OrphanPatience : ForeignPatience;

    private void CheckSoon(LinuxChild? child)
    {
        if (child?.Exit is not null)
        {
            _checks.Add(child);
        }
    }

    private void RunChecks()
    {
        for (var i = 0; i < _checks.Count; i++)
        {
            Check(_checks[i]);
        }

        _checks.Clear();
    }

    private bool IsLeft(LinuxChild child)
    {
        if (LibC.kill(-child.Pid, 0) == 0 || Errno.Last != Errno.ESRCH || _orphanOwners.HasOrphans(child))
        {
            return true;
        }

        child.IsEmpty = true;
        _orphanOwners.Remove(child);
        return false;
    }

    private void WaitForStart()
    {
        Interlocked.Exchange(ref _idle, 1);
        if (Peek(LibC.P_ALL, 0, LibC.WNOHANG, out _) >= 0)
        {
            return;
        }

        // Process 1 of a container gets orphans also without a child of its own.
        if (Environment.ProcessId == 1)
        {
            _started.WaitOne(InitNap);
            return;
        }

        _started.WaitOne();
    }
}
