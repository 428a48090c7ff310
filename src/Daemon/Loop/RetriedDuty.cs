namespace Aios.Daemon.Loop;

/// <summary>
/// A duty whose errors stop none of the others: it rests for a while and is tried again. The log has each new error once, and
/// the recovery.
/// </summary>
internal sealed class RetriedDuty(IDuty duty, DaemonParts parts)
{
    private readonly IntervalGate _rest = new(parts.Context.Clock, Orchestrator.LongestSleep);
    private string? _error;

    /// <inheritdoc cref="IDuty.DueIn"/>
    public TimeSpan DueIn => IsResting ? _rest.Remaining : duty.DueIn;

    /// <inheritdoc cref="IDuty.RunsWhileStopping"/>
    public bool RunsWhileStopping => duty.RunsWhileStopping;

    /// <inheritdoc cref="IDuty.MayEnd"/>
    public bool MayEnd => duty.MayEnd;

    private bool IsResting => _error is not null && !_rest.IsOpen;

    /// <summary>Does it if it is due and not resting.</summary>
    public void RunDue()
    {
        if (IsResting)
            return;
        try
        {
            if (!duty.IsDue)
                return;
            duty.Run();
            Recover();
        }
        catch (Exception error)
        {
            Record(error);
        }
    }

    private void Record(Exception error)
    {
        if (error.Message != _error)
            parts.Log.Error($"{duty.GetType().Name} failed and is tried again each second: {error.Message} ({error.GetType().Name})");
        _error = error.Message;
        _rest.Begin();
    }

    private void Recover()
    {
        if (_error is not null)
            parts.Log.Info($"{duty.GetType().Name} works again.");
        _error = null;
    }
}
