namespace Aios.Jobs.Schedules;

/// <summary>A schedule of times on the wall.</summary>
internal abstract record WallSchedule : JobSchedule
{
    /// <summary>Where its times of day are read. The machine's own zone if the list names none.</summary>
    public TimeZoneInfo TimeZone { get; init; } = TimeZoneInfo.Local;
}
