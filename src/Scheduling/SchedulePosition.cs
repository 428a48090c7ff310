namespace Aios.Scheduling;

/// <summary>
/// How far a schedule has been followed. A clock that is behind where it was moves nothing back: planning goes on beside
/// it, and from here again when the clock is right.
/// </summary>
/// <param name="Reached">The latest instant considered, UTC. It never goes back.</param>
/// <param name="Resumed">The latest instant considered since the clock fell behind <paramref name="Reached"/>; null while it is
/// not behind.</param>
internal readonly record struct SchedulePosition(DateTimeOffset Reached, DateTimeOffset? Resumed = null)
{
    // Clocks are corrected by as much all the time.
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(1);

    // A clock that shows an earlier time has not been set since the machine has power.
    private static readonly DateTimeOffset FirstPlausible = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Where a schedule begins that was not followed until now. It has missed nothing.</summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="former">Where the job's former schedule stood, if it had one: an interval goes on from its last start.</param>
    /// <param name="since">Since when it is in force.</param>
    /// <param name="now">The present instant.</param>
    /// <param name="newest">The newest instant that a clock has shown here.</param>
    public static SchedulePosition Begin(
        ISchedule schedule,
        SchedulePosition? former,
        DateTimeOffset since,
        DateTimeOffset now,
        DateTimeOffset newest
    )
    {
        var (start, reached) = (since, newest);
        if (former is { } before)
        {
            reached = Max(reached, before.Reached);
            if (schedule.CountsFromLastStart)
                start = Max(before.Start(schedule, now), OneBefore(schedule, since));
        }

        return reached > now + Tolerance ? new SchedulePosition(reached, start) : new SchedulePosition(start);
    }

    /// <summary>What is due of a schedule now, and where it stands after that.</summary>
    public (OccurrencePlan Plan, SchedulePosition Position) Follow(ISchedule schedule, DateTimeOffset now, CatchUp policy)
    {
        var start = Start(schedule, now);
        var plan = OccurrencePlanner.Plan(schedule, start, now, policy);
        var end = plan.Due.IsEmpty ? start : plan.Cursor;
        return (plan with { Cursor = end, Next = schedule.Next(end)?.At }, MovedTo(end));
    }

    /// <summary>The earliest occurrence that was not considered, due or not; null if there is none.</summary>
    public DateTimeOffset? FirstDue(ISchedule schedule, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        return schedule.Next(Start(schedule, now))?.At;
    }

    private DateTimeOffset Start(ISchedule schedule, DateTimeOffset now)
    {
        if (Reached < FirstPlausible && now >= FirstPlausible)
            return now;
        if (now < Reached - Tolerance)
            return Resumed is { } behind && behind <= now + Tolerance ? behind : now;
        return Resumed is { } resumed && GoesOn(schedule, resumed) ? resumed : Reached;
    }

    // The clock has come by where it was. What lies before that was considered; an interval knows only its last start.
    private bool GoesOn(ISchedule schedule, DateTimeOffset resumed) =>
        schedule.CountsFromLastStart && schedule.Next(resumed)?.At >= Reached - Tolerance;

    private SchedulePosition MovedTo(DateTimeOffset instant) =>
        instant >= Reached ? new SchedulePosition(instant) : this with { Resumed = instant };

    private static DateTimeOffset OneBefore(ISchedule schedule, DateTimeOffset instant) =>
        schedule.Next(instant)?.At is { } next ? Before(instant, next - instant) : DateTimeOffset.MinValue;

    private static DateTimeOffset Before(DateTimeOffset instant, TimeSpan span) =>
        instant - DateTimeOffset.MinValue > span ? instant - span : DateTimeOffset.MinValue;

    private static DateTimeOffset Max(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
