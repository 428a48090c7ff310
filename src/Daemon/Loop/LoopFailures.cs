namespace Aios.Daemon.Loop;

/// <summary>What makes the loop fail as a whole. It is reported, and the loop tries again after a while.</summary>
internal sealed class LoopFailures(DaemonParts parts, Shutdown shutdown)
{
    private string? _last;
    private Task<DateTimeOffset?> _reporting = Task.FromResult<DateTimeOffset?>(null);

    /// <summary>Something failed, and is tried again.</summary>
    public void Record(Exception error)
    {
        var what = $"{error.Message} ({error.GetType().Name})";
        if (error.Message != _last && parts.Store.Trouble?.What != error.Message)
            parts.Log.Error($"A turn of the daemon failed and is tried again each second: {what}");
        _last = error.Message;
        parts.Liveness.Failed(what);
        ReportStall(what);
        shutdown.AbandonIfHopeless();
        Thread.Sleep(Orchestrator.LongestSleep);
    }

    /// <summary>A tick is durable.</summary>
    public void Clear()
    {
        if (_last is not null)
            parts.Log.Info("The daemon gets on again.");
        _last = null;
    }

    /// <summary>Lets everybody know that no run can begin or end, and why.</summary>
    public void ReportStall(string what)
    {
        if (_reporting.IsCompletedSuccessfully && _reporting.Result is { } due)
            parts.NoticeDispatcher.Expect(due);
        if (_reporting.IsCompleted)
            _reporting = StallReport.Write(parts, what);
    }
}
