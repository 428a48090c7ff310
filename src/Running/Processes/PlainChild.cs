using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Aios.Running;

/// <summary>A child of <see cref="PlainProcessHost"/>.</summary>
internal sealed class PlainChild : IChild
{
    private const int FirstSignalExit = 128;

    // For what is still in the pipes. A grandchild that keeps one open is not waited for.
    private static readonly TimeSpan DrainTime = TimeSpan.FromMilliseconds(500);

    private readonly Process _process;
    private readonly IChildObserver _observer;
    private readonly Lock _outputs = new();
    private bool _closed;

    public PlainChild(Process process, IChildObserver observer)
    {
        _process = process;
        _observer = observer;
        Pid = process.Id;
        StartTicks = ProcessIdentity.StartOf(Pid);
    }

    public int Pid { get; }

    public long? StartTicks { get; }

    public ProcessUsage Used { get; private set; } = ProcessUsage.None;

    public void Terminate()
    {
        if (OperatingSystem.IsWindows())
        {
            Kill();
            return;
        }

        try
        {
            using var kill = Process.Start("kill", ["-TERM", Pid.ToString(CultureInfo.InvariantCulture)]);
        }
        catch (Win32Exception)
        {
            Kill();
        }
    }

    public void Kill()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (Exception error) when (error is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It has ended, or ends.
        }
    }

    /// <summary>Reads until the end and tells of it.</summary>
    public async Task Serve()
    {
        _process.StandardInput.Close();
        var outputs = Task.WhenAll(
            Read(_process.StandardOutput.BaseStream, OutputStream.Out),
            Read(_process.StandardError.BaseStream, OutputStream.Error)
        );
        await _process.WaitForExitAsync();
        await Task.WhenAny(outputs, Task.Delay(DrainTime));
        lock (_outputs)
        {
            _closed = true;
        }

        Used = Measure();
        _observer.MainExited(this, Exit(), leftBehind: false);
        _observer.Ended(Used);
        _process.Dispose();
    }

    // A shell's convention, which .NET follows for what a signal ended.
    private ExitStatus Exit() =>
        _process.ExitCode > FirstSignalExit && !OperatingSystem.IsWindows()
            ? new(null, _process.ExitCode - FirstSignalExit)
            : new(_process.ExitCode, null);

    // Some systems keep neither figure of a process that ended.
    private ProcessUsage Measure()
    {
        try
        {
            return new(_process.TotalProcessorTime, _process.PeakWorkingSet64 is > 0 and var peak ? peak : null);
        }
        catch (Exception error) when (error is InvalidOperationException or Win32Exception or NotSupportedException)
        {
            return ProcessUsage.None;
        }
    }

    private async Task Read(Stream stream, OutputStream kind)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            int count;
            while ((count = await stream.ReadAsync(buffer)) > 0)
            {
                lock (_outputs)
                {
                    if (_closed)
                    {
                        return;
                    }

                    _observer.Output(kind, buffer.AsSpan(0, count));
                }
            }
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException)
        {
            // Closed under us: the end.
        }
    }
}
