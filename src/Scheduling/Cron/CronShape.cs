namespace Aios.Scheduling;

/// <summary>What the way a cron expression is written says beyond the values that it names.</summary>
/// <param name="IsInterval">Its second, minute or hour has a star, a range or a step: it names a rhythm rather than times of day.</param>
/// <param name="RestrictsDays">Its day of month begins with neither <c>*</c> nor <c>?</c>.</param>
/// <param name="RestrictsWeekdays">Its day of week begins with neither <c>*</c> nor <c>?</c>.</param>
internal readonly record struct CronShape(bool IsInterval, bool RestrictsDays, bool RestrictsWeekdays)
{
    public static CronShape Of(string[] fields) =>
        new(
            fields.Take(fields.Length - 3).Any(field => field.AsSpan().ContainsAny("*?-/")),
            fields[^3][0] is not ('*' or '?'),
            fields[^1][0] is not ('*' or '?')
        );
}
