namespace Aios.Store.Runs;

/// <summary>
/// Where a trigger or a run stands. In the database these are the names in snake_case. docs/life-of-a-run.md lists
/// every transition.
/// </summary>
internal enum RunStatus
{
    /// <summary>Trigger: may start as soon as its job and a device have room.</summary>
    Queued,

    /// <summary>Trigger: something must happen first; <c>reason</c> says what (a time, a device with its tags).</summary>
    Waiting,

    /// <summary>Claimed by a device; its process is about to start, goes on, or is being ended.</summary>
    Running,

    /// <summary>Ended as it should.</summary>
    Succeeded,

    /// <summary>Ended badly, or could not start.</summary>
    Failed,

    /// <summary>Ended because somebody asked, or to give way.</summary>
    Canceled,

    /// <summary>Ended because it took longer than its job's timeout.</summary>
    TimedOut,

    /// <summary>Its daemon died while it went on.</summary>
    Lost,

    /// <summary>Never started, as its job's rules for overlap or catch-up say.</summary>
    Skipped,
}
