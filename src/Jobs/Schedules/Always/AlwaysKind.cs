using System.Collections.Immutable;
using Aios.Jobs.Formats;

namespace Aios.Jobs.Schedules;

/// <summary><c>type: always</c></summary>
internal sealed class AlwaysKind : ScheduleKind
{
    public static readonly AlwaysKind Instance = new();

    public override string Name => "always";

    public override StartedBy StartedBy => StartedBy.Always;

    public override string When => "it runs continuously";

    public override string WhyNotNow => "it is about to be started";

    public override JobSchedule Blank => BlankAlways;

    public Always BlankAlways { get; } = new();

    internal override ImmutableArray<JobField> Fields { get; } =
    [
        new JobField<RestartPolicy>("restart", RestartPolicies.Format)
        {
            Description =
                "After which exits the process is restarted; after any other, it stays stopped until `aios start`, a change of the job's "
                + "definition or a restart of AIOS.",
            Example = "on_failure",
            IsForAll = false,
            Get = job => Always.Of(job).Restart,
            Set = (job, value) => job.With<Always>(always => always with { Restart = value }),
        },
        new JobField<TimeSpan>("min_uptime", new DurationFormat(TimeSpan.Zero, Duration.Longest))
        {
            Description = "How long a process must run; an earlier exit delays the next start as a failure does, by up to one minute.",
            Example = "10s",
            IsForAll = false,
            Get = job => Always.Of(job).MinUptime,
            Set = (job, value) => job.With<Always>(always => always with { MinUptime = value }),
        },
    ];
}
