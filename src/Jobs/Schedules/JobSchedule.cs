using Aios.Scheduling;

namespace Aios.Jobs.Schedules;

/// <summary>When a job runs: what its list says about that, in the form of one kind.</summary>
internal abstract record JobSchedule
{
    /// <summary>What is known about all schedules of this kind.</summary>
    public abstract ScheduleKind Kind { get; }

    /// <summary>What is done about occurrences missed while nothing could run.</summary>
    public virtual CatchUp CatchUp { get; init; } = CatchUp.Once;

    /// <summary>Its occurrences; null if no clock starts it.</summary>
    /// <param name="jobName">The job.</param>
    /// <param name="databaseId">Makes random draws differ from database to database, and agree within one.</param>
    public virtual ISchedule? Resolve(string jobName, string databaseId) => null;
}
