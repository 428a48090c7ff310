namespace Aios.Jobs.Schedules;

/// <summary>All the time: started again when it ends.</summary>
internal sealed record Always : JobSchedule
{
    /// <inheritdoc/>
    public override ScheduleKind Kind => AlwaysKind.Instance;

    /// <summary>After which ends it is started again.</summary>
    public RestartPolicy Restart { get; init; }

    /// <summary>How long a process must last to count as stable.</summary>
    public TimeSpan MinUptime { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>That of a job; one without any field for a job of another kind.</summary>
    public static Always Of(Job job) => job.Schedule as Always ?? AlwaysKind.Instance.BlankAlways;
}
