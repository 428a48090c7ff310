namespace Aios.Running.Linux;

/// <summary>A child of <see cref="LinuxProcessHost"/>: the leader of a session, and all that came from it.</summary>
internal sealed class LinuxChild : IChild
{
    private readonly LinuxProcessHost _host;
    private ProcessUsage _used = ProcessUsage.None;

    public LinuxChild(LinuxProcessHost host, ProcessMark mark, IChildObserver observer, int output, int error)
    {
        _host = host;
        Mark = mark;
        Observer = observer;
        Out = new(this, OutputStream.Out, output);
        Error = new(this, OutputStream.Error, error);
    }

    public int Pid { get; private set; }

    public long? StartTicks { get; private set; }

    public ProcessMark Mark { get; }

    public IChildObserver Observer { get; }

    public PipeReader Out { get; }

    public PipeReader Error { get; }

    public ProcessUsage Used
    {
        get => Volatile.Read(ref _used);
        set => Volatile.Write(ref _used, value);
    }

    /// <summary>How the leader ended, once it was reaped. The reaper's, as are the next two.</summary>
    public ExitStatus? Exit { get; set; }

    /// <summary>The observer knows that the leader ended.</summary>
    public bool ExitTold { get; set; }

    /// <summary>Living orphans of it that this process adopted and knows of.</summary>
    public int Adopted { get; set; }

    /// <summary>Nothing lives any more: its ids may be another's by now.</summary>
    public bool IsEmpty { get; set; }

    /// <summary>Says which process it is. Called before anything can hear of its end.</summary>
    public void Began(int pid)
    {
        Pid = pid;
        StartTicks = ProcStat.Of(pid)?.Start;
    }

    public void Terminate() => _host.Signal(this, LibC.SIGTERM);

    public void Kill() => _host.Signal(this, LibC.SIGKILL);

    /// <summary>Tells that the leader ended, and that all did if nothing is left behind.</summary>
    public void TellExit(ExitStatus exit, bool leftBehind)
    {
        ExitTold = true;
        Observer.MainExited(this, exit, leftBehind);
        if (!leftBehind)
        {
            TellEmpty();
        }
    }

    /// <summary>Tells that all ended.</summary>
    public void TellEmpty() => _host.Finish(this);
}
