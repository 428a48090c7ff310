namespace Aios.Scheduling;

/// <summary>The names for common expressions, as crontab(5) and Cronos have them.</summary>
internal static class CronMacros
{
    private const string Names =
        "@yearly, @annually, @monthly, @weekly, @daily, @midnight, @hourly, @every_minute, @every_second";

    /// <summary>What a macro stands for, and in which format.</summary>
    /// <exception cref="CronFormatException">There is no such macro.</exception>
    public static (string Expression, CronFormat Format) Expand(string macro) => macro.ToLowerInvariant() switch
    {
        "@yearly" or "@annually" => ("0 0 1 1 *", CronFormat.Standard),
        "@monthly" => ("0 0 1 * *", CronFormat.Standard),
        "@weekly" => ("0 0 * * 0", CronFormat.Standard),
        "@daily" or "@midnight" => ("0 0 * * *", CronFormat.Standard),
        "@hourly" => ("0 * * * *", CronFormat.Standard),
        "@every_minute" => ("* * * * *", CronFormat.Standard),
        "@every_second" => ("* * * * * *", CronFormat.IncludeSeconds),
        _ => throw new CronFormatException($"Macro: found '{macro}', expected one of {Names}."),
    };
}
