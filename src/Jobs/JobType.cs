namespace Aios.Jobs;

/// <summary>What makes a job run. The names in a job list are these in snake_case.</summary>
internal enum JobType
{
    /// <summary>Only when somebody asks: a row in <c>triggers</c>, the command line, the API.</summary>
    Trigger,

    /// <summary>All the time: started again when it ends.</summary>
    Always,

    /// <summary>Each day at a time on the wall.</summary>
    Daily,

    /// <summary>Each day at one random instant within a window.</summary>
    RandomDaily,

    /// <summary>Again and again, a fixed time from start to start.</summary>
    Interval,

    /// <summary>At the instants a cron expression names.</summary>
    Cron,

    /// <summary>When nothing else runs and the machine is quiet.</summary>
    Idle,
}
