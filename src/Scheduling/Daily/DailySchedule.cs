namespace Aios.Scheduling;

/// <summary>
/// Once each local date, when the clock on the wall shows a time. If it skips that time, at the first instant after
/// the gap; if it shows it twice, the first time only.
/// </summary>
internal sealed class DailySchedule : ISchedule
{
    private readonly TimeOnly _time;
    private readonly TimeZoneInfo _zone;
    private readonly OncePerDate _dates;

    /// <summary>A schedule at a local time of <paramref name="zone"/>.</summary>
    public DailySchedule(TimeOnly time, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        _time = time;
        _zone = zone;
        var clock = new WallClock(zone);
        _dates = new OncePerDate(clock, date => clock.FirstReaching(date.ToDateTime(time).Ticks));
    }

    /// <inheritdoc/>
    public string Identity => $"daily at {TimeWords.Of(_time)} ({_zone.Id})";

    /// <inheritdoc/>
    public Occurrence? Next(DateTimeOffset after) => _dates.Next(after);

    /// <inheritdoc/>
    public Occurrence? Latest(DateTimeOffset after, DateTimeOffset upTo) => _dates.Latest(after, upTo);

    /// <summary>In words, for example <c>daily at 09:00 (Europe/Berlin)</c>.</summary>
    public override string ToString() => $"daily at {TimeWords.Of(_time)} ({_zone.Id})";
}
