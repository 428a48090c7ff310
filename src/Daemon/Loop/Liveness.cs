using System.Globalization;
using Aios.Platform.Linux;
using Aios.Store;

namespace Aios.Daemon.Loop;

/// <summary>
/// How the loop does, for everybody who asks: its rounds are the daemon's pulse. The service manager is notified from here, by
/// the loop itself, so that a loop that hangs falls silent.
/// </summary>
internal sealed class Liveness : IDisposable
{
    // A tick takes milliseconds; a database that takes no writes does not hold it up.
    private static readonly TimeSpan LongestRound = TimeSpan.FromSeconds(30);

    // The loop commits its heartbeat every ten seconds.
    private static readonly TimeSpan LongestWithoutCommit = TimeSpan.FromSeconds(35);

    private readonly TimeProvider _clock;
    private readonly ServiceManager? _manager;
    private readonly TimeSpan _longestRound;
    private readonly IntervalGate? _signs;
    private long _lastRound;
    private long _committed;
    private volatile bool _works;
    private volatile string? _failure;
    private string? _told;

    public Liveness(TimeProvider clock, ServiceManager? manager)
    {
        _clock = clock;
        _manager = manager;
        _longestRound = manager?.Watchdog ?? LongestRound;
        // Half of what the manager allows, as sd_watchdog_enabled(3) advises.
        _signs = manager?.Watchdog is { } watchdog ? new IntervalGate(clock, watchdog / 2) : null;
        _lastRound = _committed = clock.GetTimestamp();
    }

    /// <summary>How long the loop may sleep and still give its next sign of life in time.</summary>
    public TimeSpan LongestSleep => _signs?.Remaining ?? TimeSpan.MaxValue;

    /// <summary>How long ago the loop went round.</summary>
    public TimeSpan SinceRound => _clock.GetElapsedTime(Volatile.Read(ref _lastRound));

    /// <summary>The loop goes round.</summary>
    public void RecordRound()
    {
        Volatile.Write(ref _lastRound, _clock.GetTimestamp());
        if (_signs?.IsDue() == true)
            _manager!.Alive();
    }

    /// <summary>What the loop had to write down is durable.</summary>
    /// <param name="stalls">Why no run can begin or end all the same, in words; null if they can.</param>
    public void Committed(string? stalls = null)
    {
        Volatile.Write(ref _committed, _clock.GetTimestamp());
        _works = true;
        _failure = stalls;
    }

    /// <summary>A tick of the loop has failed, also when it was tried again.</summary>
    public void Failed(string what) => _failure = what;

    /// <summary>Why the loop does not get on, in words; null while it does.</summary>
    public string? WhyStalled => _failure is { } what ? $"The daemon's loop makes no progress: {what}" : null;

    /// <summary>The job list is about to be read again because somebody asked.</summary>
    public void Reloading() => _manager?.Reloading();

    /// <summary>It takes work: for the first time, or after a reload.</summary>
    public void Ready(string status)
    {
        _told = status;
        _manager?.Ready(status);
    }

    /// <summary>Whether it is about to end.</summary>
    public bool IsStopping { get; private set; }

    /// <summary>It is about to end.</summary>
    public void Stopping()
    {
        IsStopping = true;
        _manager?.Stopping();
    }

    /// <summary>How it does, in one line; told to the service manager when it is new.</summary>
    public void ReportStatus(string status)
    {
        if (status == _told)
            return;
        _told = status;
        _manager?.Status(status);
    }

    /// <summary>Why a restart would help, in words; null while the loop goes round.</summary>
    public string? WhyDead =>
        SinceRound <= _longestRound
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"The loop has not gone round for {SinceRound.TotalSeconds:0} s, expected at most {_longestRound.TotalSeconds:0.#} s."
            );

    /// <summary>Why it takes no work just now, in words; null if it does.</summary>
    public string? WhyNotReady(bool isStopping, StoreTrouble? trouble)
    {
        if (isStopping)
            return "The daemon is about to end.";
        if (trouble is not null)
            return trouble.Words;
        if (WhyDead is { } dead)
            return dead;
        if (WhyStalled is { } stalled)
            return stalled;
        if (!_works)
            return "The daemon has only just started.";
        var silent = _clock.GetElapsedTime(Volatile.Read(ref _committed));
        return silent <= LongestWithoutCommit
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"Nothing could be written down for {silent.TotalSeconds:0} s; see the daemon's log."
            );
    }

    /// <inheritdoc />
    public void Dispose() => _manager?.Dispose();
}
