using System.Collections.Immutable;

namespace Aios.Jobs.Schedules;

/// <summary>The kinds of schedules. A kind is registered by its line here.</summary>
internal static class ScheduleKinds
{
    /// <summary>In the order in which a person reads about them.</summary>
    public static readonly ImmutableArray<ScheduleKind> All =
    [
        AlwaysKind.Instance,
        DailyKind.Instance,
        IntervalKind.Instance,
        RandomDailyKind.Instance,
        CronKind.Instance,
        TriggerKind.Instance,
        IdleKind.Instance,
    ];
}
