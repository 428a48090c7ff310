using System.Runtime.InteropServices;
using Aios.Daemon.Loop;
using Aios.Daemon.Reporting;

namespace Aios.Daemon;

/// <summary>SIGTERM and SIGINT end the daemon, the second one at once; SIGHUP reads the job list again.</summary>
internal sealed class DaemonSignals : IDisposable
{
    // timeout(1) and some shells signal the process and then its group: that is one wish.
    private static readonly TimeSpan SameSignal = TimeSpan.FromMilliseconds(100);

    private const int Interrupt = 2;

    private readonly List<PosixSignalRegistration> _registrations = [];

    public DaemonSignals(Orchestrator orchestrator, DaemonLog log, TimeProvider clock)
    {
        var gate = new Lock();
        long? first = null;
        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            lock (gate)
            {
                if (first is { } at && clock.GetElapsedTime(at) < SameSignal)
                    return;
                log.Info(
                    first is null
                        ? $"{signal.Signal}: ending; programs get TERM and their grace. A second signal ends them at once."
                        : $"{signal.Signal} again: ending at once."
                );
                first ??= clock.GetTimestamp();
                orchestrator.Stop();
            }
        }

        void Reload(PosixSignalContext signal)
        {
            signal.Cancel = true;
            orchestrator.Reload();
        }

        _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop));
        _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop));
        if (!OperatingSystem.IsWindows())
            _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGHUP, Reload));
    }

    /// <summary>What ends this daemon, for a person at a terminal.</summary>
    public static string HowToEnd() =>
        IsInterruptIgnored()
            ? $"Ctrl-C does not reach it, as whoever started it has SIGINT ignored (a shell does so for what a script starts with &): "
                + $"`kill {Environment.ProcessId}` ends it and its programs."
            : "Ctrl-C ends it and its programs.";

    // A signal that is ignored when a process starts stays so: the runtime puts no handler in its place.
    private static bool IsInterruptIgnored()
    {
        if (!OperatingSystem.IsLinux())
            return false;
        try
        {
            var mask = File.ReadLines("/proc/self/status").FirstOrDefault(line => line.StartsWith("SigIgn:", StringComparison.Ordinal));
            return mask is not null && (Convert.ToUInt64(mask["SigIgn:".Length..].Trim(), 16) & (1UL << (Interrupt - 1))) != 0;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or FormatException)
        {
            return false;
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
    }
}
