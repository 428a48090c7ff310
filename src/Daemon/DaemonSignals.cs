using System.Runtime.InteropServices;

namespace Aios.Daemon;

/// <summary>SIGTERM and SIGINT end the daemon, the second one at once; SIGHUP reads the job list again.</summary>
internal sealed class DaemonSignals : IDisposable
{
    private readonly List<PosixSignalRegistration> _registrations = [];

    public DaemonSignals(Orchestrator orchestrator, DaemonLog log)
    {
        var stops = 0;
        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            log.Info(Interlocked.Increment(ref stops) == 1
                ? $"{signal.Signal}: ending; programs get TERM and their grace. A second signal ends them at once."
                : $"{signal.Signal} again: ending at once.");
            orchestrator.Stop();
        }

        void Reload(PosixSignalContext signal)
        {
            signal.Cancel = true;
            orchestrator.Reload();
        }

        _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop));
        _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop));
        if (!OperatingSystem.IsWindows()) _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGHUP, Reload));
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var registration in _registrations) registration.Dispose();
    }
}
