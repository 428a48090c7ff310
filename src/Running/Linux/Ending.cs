namespace Aios.Running.Linux;

/// <summary>A child that is being ended, and who of it has heard so.</summary>
internal sealed class Ending(int signal)
{
    private readonly HashSet<ProcessIdentity> _told = [];

    public int Signal => signal;

    /// <summary>The whole group was signalled, in one step that no fork escapes.</summary>
    public bool GroupTold { get; set; }

    /// <summary>KILL each time; TERM once, since a second one may mean something else to a program.</summary>
    public bool IsDue(ProcStat process) => signal == LibC.SIGKILL || _told.Add(new(process.Pid, process.Start));
}
