namespace Aios.Running.Linux.Limits;

/// <summary>What the living processes of a run use together.</summary>
internal sealed class SessionLoad
{
    private readonly List<int> _pids = [];

    /// <summary>Processor time, with that of children they have waited for.</summary>
    public TimeSpan Cpu { get; private set; }

    /// <summary>Processes and their threads.</summary>
    public int Threads { get; private set; }

    /// <summary>Resident or swapped out, what they share counted for each: never less than <see cref="Memory"/>.</summary>
    public long MemoryAtMost { get; private set; }

    /// <summary>
    /// Processor time of those that left the session and lost their parent: nobody says whose they were once they have
    /// ended.
    /// </summary>
    public Dictionary<ProcessIdentity, TimeSpan> Strays { get; } = [];

    public void Add(ProcStat process, int session)
    {
        var pid = process.Pid;
        var load = ProcLoad.Of(pid);
        if (process.Session != session && process.Parent == Environment.ProcessId)
            Strays[new(pid, process.Start)] = load.Cpu;
        _pids.Add(pid);
        Cpu += load.Cpu;
        Threads += load.Threads;
        MemoryAtMost += load.Resident + (ProcMemory.Read($"/proc/{pid}/status", "VmSwap:"u8) ?? 0);
    }

    /// <summary>
    /// Bytes resident or swapped out, what they share divided among all that share it. The kernel walks all pages for it.
    /// </summary>
    public long Memory() => _pids.Sum(MemoryOf);

    private static long MemoryOf(int pid)
    {
        var rollup = $"/proc/{pid}/smaps_rollup";
        return (ProcMemory.Read(rollup, "Pss:"u8) ?? 0) + (ProcMemory.Read(rollup, "SwapPss:"u8) ?? 0);
    }
}
