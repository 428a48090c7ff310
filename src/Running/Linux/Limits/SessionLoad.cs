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
        if (process.Session != session && process.Parent == Environment.ProcessId) Strays[new(pid, process.Start)] = load.Cpu;
        _pids.Add(pid);
        Cpu += load.Cpu;
        Threads += load.Threads;
        MemoryAtMost += load.Resident + Kilobytes($"/proc/{pid}/status", "VmSwap:");
    }

    /// <summary>Bytes resident or swapped out, what they share divided among all that share it. The kernel walks all pages for it.</summary>
    public long Memory() => _pids.Sum(MemoryOf);

    private static long MemoryOf(int pid)
    {
        var rollup = $"/proc/{pid}/smaps_rollup";
        return Kilobytes(rollup, "Pss:") + Kilobytes(rollup, "SwapPss:");
    }

    // "Pss:      123 kB"
    private static long Kilobytes(string path, string name)
    {
        foreach (var line in (ControlFile.Read(path) ?? "").AsSpan().EnumerateLines())
        {
            if (line.StartsWith(name, StringComparison.Ordinal) && line.EndsWith(" kB", StringComparison.Ordinal))
            {
                return long.TryParse(line[name.Length..^3], out var number) ? number * 1024 : 0;
            }
        }

        return 0;
    }
}
