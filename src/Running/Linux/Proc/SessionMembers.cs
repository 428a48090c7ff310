namespace Aios.Running.Linux;

/// <summary>Which living processes came from which child: by session, else by their mark, else as their parents do.</summary>
internal static class SessionMembers
{
    /// <param name="sessions">The owners, each with the leader of its session and the mark of all that come from it; at least one.</param>
    /// <param name="markOf">Reads the mark of a process that shows no session of these.</param>
    public static List<(ProcStat Process, T Owner)> Find<T>(
        IReadOnlyCollection<(T Owner, IChild Leader, ProcessMark Mark)> sessions,
        Func<ProcStat, ProcessMark?> markOf
    )
        where T : class
    {
        var bySession = new Dictionary<int, T>();
        var byMark = new Dictionary<ProcessMark, T>();
        foreach (var (owner, leader, mark) in sessions)
        {
            bySession[leader.Pid] = owner;
            byMark[mark] = owner;
        }

        var earliest = sessions.Min(session => session.Leader.StartTicks ?? 0);
        return [.. new ProcessOwners<T>(ProcessTable.Read(), OwnSigns).Find()];

        T? OwnSigns(ProcStat process)
        {
            if (process.Start < earliest)
            {
                return null;
            }

            return bySession.GetValueOrDefault(process.Session) ?? (markOf(process) is { } mark ? byMark.GetValueOrDefault(mark) : null);
        }
    }
}
