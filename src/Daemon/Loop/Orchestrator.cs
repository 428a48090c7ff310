namespace Aios.Daemon.Loop;

/// <summary>
/// The loop, on a thread of its own: it does its duties, then sleeps until something happens or one of them is due. One of
/// them is the <see cref="Tick"/>. Everything that changes while the daemon lives is changed on this one path.
/// </summary>
internal sealed class Orchestrator(DaemonParts parts, LoopState loop, Shutdown shutdown, IReadOnlyList<IDuty> duties)
{
    /// <summary>Where nothing tells of changed files, a saved job list shall still be in force within a second.</summary>
    public static readonly TimeSpan LongestSleep = TimeSpan.FromMilliseconds(900);

    private readonly RetriedDuty[] _duties = [.. duties.Select(duty => new RetriedDuty(duty, parts))];

    /// <summary>Whether it was asked to end.</summary>
    public bool IsStopping => shutdown.IsStopping;

    /// <summary>Asks it to end; the second time at once.</summary>
    public void Stop()
    {
        shutdown.Begin();
        parts.Wake.Now();
    }

    /// <summary>Records that the Store has committed something that did not come from the loop.</summary>
    public void RecordCommit()
    {
        loop.RecordCommit();
        parts.Wake.Now();
    }

    /// <summary>Asks it to read the job list again.</summary>
    public void Reload()
    {
        parts.Liveness.Reloading();
        parts.List.Force = true;
        parts.Wake.Now();
    }

    /// <summary>Runs until it is stopped, or drained, or its database is gone; the answer is the exit status.</summary>
    public int Run()
    {
        while (!shutdown.IsAbandoned)
        {
            RunDue();
            if (shutdown.IsStopping ? NothingRuns : IsDrained)
                break;
            if (!loop.HasMore || shutdown.IsStopping)
                parts.Wake.Sleep(UntilNext());
        }

        if (!shutdown.IsAbandoned)
            return 0;
        shutdown.EndRunsUnrecorded(LongestSleep);
        return 1;
    }

    // Whatever happens in one of them, and whatever is in the database: the daemon stays up.
    private void RunDue()
    {
        parts.Liveness.RecordRound();
        foreach (var duty in _duties)
        {
            if (shutdown.IsAbandoned)
                return;
            if (Counts(duty))
                duty.RunDue();
        }
    }

    private bool Counts(RetriedDuty duty) => duty.RunsWhileStopping || !shutdown.IsStopping;

    private bool NothingRuns => parts.Supervisor.Living.Count == 0 && !parts.Inbox.IsUrgent;

    private bool IsDrained =>
        parts.Context.Settings.UntilIdle
        && NothingRuns
        && !loop.HasMore
        && !loop.JudgesAll
        && loop.Last.AwaitingRetry == 0
        && !parts.Inbox.HasLines
        && _duties.All(duty => duty.MayEnd);

    private TimeSpan UntilNext()
    {
        var longest = parts.Liveness.LongestSleep < LongestSleep ? parts.Liveness.LongestSleep : LongestSleep;
        foreach (var duty in _duties)
        {
            if (Counts(duty) && duty.DueIn is var wait && wait < longest)
                longest = wait;
        }

        return longest;
    }
}
