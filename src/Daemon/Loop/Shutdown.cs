using Aios.Running;

namespace Aios.Daemon.Loop;

/// <summary>The end of the daemon: who asked for it, how long it may take, and what is given up for it.</summary>
internal sealed class Shutdown(DaemonParts parts)
{
    // A database that takes no writes holds up the end of the daemon only so long.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly IntervalGate _patience = new(parts.Context.Clock, Patience);
    private volatile bool _isStopping;
    private volatile bool _isAtOnce;

    /// <summary>Whether the daemon was asked to end.</summary>
    public bool IsStopping => _isStopping;

    /// <summary>Whether it ends without waiting for its database.</summary>
    public bool IsAbandoned { get; private set; }

    private bool IsOverdue => _patience.IsOpen;

    private bool NothingRuns => parts.Supervisor.Living.Count == 0;

    /// <summary>Asks it to end: no more claims, then TERM to all that runs, then KILL. The second time is at once.</summary>
    public void Begin()
    {
        _isAtOnce |= _isStopping;
        if (!_isStopping)
        {
            _patience.Begin();
            parts.Liveness.Stopping();
        }

        _isStopping = true;
        StopRuns();
    }

    /// <summary>Ends all runs.</summary>
    public void StopRuns() => parts.Supervisor.Stop(_ => true, StopReason.Shutdown, "the daemon was stopped", returned: true, _isAtOnce);

    /// <summary>Nothing more can be written down: the database is gone.</summary>
    public void Abandon() => IsAbandoned = true;

    /// <summary>Gives up what has waited too long to be written down.</summary>
    public void AbandonIfOverdue()
    {
        if (_isAtOnce || (_isStopping && NothingRuns && IsOverdue))
            AbandonUnwritten();
    }

    /// <summary>Gives up what cannot be written down.</summary>
    public void AbandonIfHopeless()
    {
        var isHopeless = IsOverdue || (parts.Store.Trouble is { IsDamage: true } && NothingRuns);
        if (_isAtOnce || (_isStopping && isHopeless))
            AbandonUnwritten();
    }

    /// <summary>Ends all runs although nothing of it can be written down.</summary>
    public void EndRunsUnrecorded(TimeSpan betweenLooks)
    {
        _isStopping = true;
        while (!NothingRuns)
        {
            StopRuns();
            parts.Wake.Sleep(betweenLooks);
        }
    }

    private void AbandonUnwritten()
    {
        parts.Log.Error(
            $"Ending without having written down how the last runs ended. {parts.Store.Trouble?.What} The next start records them as lost."
        );
        IsAbandoned = true;
    }
}
