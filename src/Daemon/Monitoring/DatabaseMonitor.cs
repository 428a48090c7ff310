using Aios.Daemon.Loop;
using Aios.Daemon.Ticks;

namespace Aios.Daemon.Monitoring;

/// <summary>Looks whether others have written to the database, or taken it away.</summary>
internal sealed class DatabaseMonitor(DaemonParts parts, LoopState loop, Shutdown shutdown, TickTiming timing) : IDuty
{
    private readonly IntervalGate _gate = new(parts.Context.Clock, Orchestrator.LongestSleep);
    private readonly CommitRecheck _recheck = new(parts.Context.Clock);
    private uint? _seenCommits;

    // A tick looks for what others have inserted anyway.
    /// <inheritdoc />
    public bool IsDue => _gate.IsOpen || (!timing.IsDue && (parts.Files.Database.IsTouched || DueIn <= TimeSpan.Zero));

    /// <inheritdoc />
    public TimeSpan DueIn => _recheck.DueIn ?? TimeSpan.MaxValue;

    /// <inheritdoc />
    public bool RunsWhileStopping => true;

    /// <inheritdoc />
    public void Run()
    {
        var isTouched = parts.Files.Database.TakeTouched();
        if (!_gate.IsDue() && !isTouched)
            _ = _recheck.IsDue();
        CheckFile();
        if (!shutdown.IsAbandoned && parts.Store.Trouble is not { IsDamage: false })
            CheckCommits(isTouched);
    }

    /// <summary>Abandons the database if its file was deleted or replaced.</summary>
    public void CheckFile()
    {
        if (shutdown.IsAbandoned || parts.Files.Database.Vanished is not { } vanished)
            return;
        parts.Log.Error(
            $"{vanished} was deleted or replaced while the daemon ran. Ending all runs; start AIOS again to use the file that is there now."
        );
        shutdown.Abandon();
    }

    private void CheckCommits(bool isTouched)
    {
        var (seemsDamaged, schemaChanged, commits) = parts.Files.Database.Glance();
        // Whatever is tried shows whether it is.
        if (seemsDamaged)
            loop.HasMore = true;
        // What takes over a list needs most of the tables.
        if (schemaChanged)
            loop.JudgesAll = true;
        if (commits is not null && commits == _seenCommits)
            return;
        _seenCommits = commits;
        // A write-ahead log is written to a moment before the commit can be seen, and nothing tells of that.
        if (isTouched && commits is null)
            _recheck.Begin();
        if (parts.Store.ForeignCommit().GetAwaiter().GetResult())
            loop.HasMore = true;
    }
}
