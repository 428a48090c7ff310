namespace Aios.Jobs.Schedules;

/// <summary>Who makes a job run.</summary>
internal enum StartedBy
{
    /// <summary>Only somebody who asks: a row in <c>triggers</c>, the command line, the API.</summary>
    Request,

    /// <summary>A clock, at the occurrences of its schedule.</summary>
    Clock,

    /// <summary>The daemon, whenever it does not run.</summary>
    Always,

    /// <summary>The daemon, once in each quiet period of the machine.</summary>
    Idle,
}
