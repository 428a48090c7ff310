namespace Aios.Scheduling;

/// <summary>The occurrences of a cron expression, by the clock of a time zone.</summary>
internal sealed class CronSchedule : ISchedule
{
    private readonly CronExpression _expression;
    private readonly TimeZoneInfo _zone;

    /// <summary>A schedule of this expression, read as local time of <paramref name="zone"/>.</summary>
    public CronSchedule(CronExpression expression, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(expression);
        ArgumentNullException.ThrowIfNull(zone);
        _expression = expression;
        _zone = zone;
    }

    /// <inheritdoc/>
    public string Identity => $"cron \"{_expression}\" ({_zone.Id})";

    /// <inheritdoc/>
    public Occurrence? Next(DateTimeOffset after) => Find(after, inclusive: false, Direction.Forward);

    /// <inheritdoc/>
    public Occurrence? Latest(DateTimeOffset after, DateTimeOffset upTo) =>
        Find(upTo, inclusive: true, Direction.Backward) is { } found && found.At > after ? found : null;

    /// <summary>In words, for example <c>cron "*/5 * * * *" (Europe/Berlin)</c>.</summary>
    public override string ToString() =>
        _expression.Drawn is { } drawn
            ? $"cron \"{_expression}\", drawn as \"{drawn}\" ({_zone.Id})"
            : $"cron \"{_expression}\" ({_zone.Id})";

    private Occurrence? Find(DateTimeOffset from, bool inclusive, Direction direction)
    {
        if (_expression.Find(from.UtcDateTime, _zone, inclusive, direction) is not { } found)
        {
            return null;
        }

        return Occurrence.AtInstant(new DateTimeOffset(found));
    }
}
