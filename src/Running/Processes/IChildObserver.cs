namespace Aios.Running;

/// <summary>
/// Hears of a child, on threads that serve all children: must be quick and not throw. A call may come before
/// <see cref="IProcessHost.Start"/> has returned.
/// </summary>
internal interface IChildObserver
{
    /// <summary>Output is held back that time may release: <see cref="Tick"/> is wanted.</summary>
    bool WantsTicks { get; }

    /// <summary>What it printed; valid during the call only.</summary>
    void Output(OutputStream stream, ReadOnlySpan<byte> bytes);

    /// <summary>The same, where somebody else has noted when it was printed.</summary>
    void Output(OutputStream stream, ReadOnlySpan<byte> bytes, DateTimeOffset at) => Output(stream, bytes);

    /// <summary>About each second, while wanted, never beside <see cref="Output"/>.</summary>
    void Tick();

    /// <summary>The main process ended. <paramref name="leftBehind"/>: other processes of it still live.</summary>
    void MainExited(IChild child, ExitStatus status, bool leftBehind);

    /// <summary>No process is left and all output was told. The last call.</summary>
    /// <param name="used">What all of them have used, as far as it is known.</param>
    void Ended(ProcessUsage used);
}
