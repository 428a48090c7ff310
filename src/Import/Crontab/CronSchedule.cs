using Aios.Scheduling;

namespace Aios.Import;

/// <summary>When a crontab's line runs, as AIOS writes it.</summary>
/// <param name="Cron">The expression; null if there is none that AIOS could know.</param>
/// <param name="RanThere">Whether cron ever ran it.</param>
/// <param name="Words">What differs; null if nothing does.</param>
internal sealed record CronSchedule(string? Cron, bool RanThere, string? Words)
{
    /// <summary>Reads five fields, or a name that begins with @.</summary>
    public static CronSchedule Of(string when)
    {
        var fields = when.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        var expression = string.Join(' ', fields);
        if (fields.Length != 5)
            return CronExpression.TryParse(expression, out _) && IsKnown(expression)
                ? new(expression, true, null)
                : Refused(expression, $"cron knows no {expression}");
        var read = fields.Select(CronField.Read).ToList();
        if (read.IndexOf(null) is var bad and >= 0)
            return Refused(expression, $"cron refuses its {CronField.NameOf(bad)} {fields[bad]}");
        return read.FirstOrDefault(field => field!.IsNever) is { } never
            ? Never(expression, fields[read.IndexOf(never)])
            : Read(expression, read!);
    }

    private static CronSchedule Read(string expression, List<CronField> fields)
    {
        var written = string.Join(' ', fields.Select(field => field.ForAios()));
        var drawn = fields.Select(field => field.Drawn).OfType<string>().ToList();
        if (drawn.Count > 0)
            return new(
                written,
                true,
                $"\"{expression}\" is drawn anew by cronie whenever it reads the crontab; here {string.Join(" and ", drawn)}, once "
                    + $"and for all."
            );
        return new(written, true, written == expression ? null : $"cron reads \"{expression}\" as \"{written}\", which is written here.");
    }

    private static CronSchedule Never(string expression, string field) =>
        CronExpression.TryParse(expression, out _)
            ? new(
                expression,
                false,
                $"cron takes the range {field} for no time at all, for it goes over its end, so the line never ran. AIOS would run it; it "
                    + $"is switched off (enabled: false) until you mean that."
            )
            : new(null, false, $"cron takes the range {field} for no time at all, so the line never ran; it is not taken over.");

    private static CronSchedule Refused(string expression, string why) =>
        CronExpression.TryParse(expression, out _)
            ? new(
                expression,
                false,
                $"{why}, so the line never ran. AIOS would run it; it is switched off (enabled: false) until you mean that."
            )
            : new(null, false, $"{why}, so the line never ran; it is not taken over");

    private static bool IsKnown(string name) =>
        name is "@yearly" or "@annually" or "@monthly" or "@weekly" or "@daily" or "@midnight" or "@hourly";
}
