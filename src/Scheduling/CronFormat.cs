namespace Aios.Scheduling;

/// <summary>Which fields a cron expression has. Names and values are those of the package Cronos.</summary>
[Flags]
public enum CronFormat
{
    /// <summary>Five fields: minute, hour, day of month, month, day of week. The second is 0.</summary>
    Standard = 0,

    /// <summary>Six fields: the second comes first.</summary>
    IncludeSeconds = 1,
}
