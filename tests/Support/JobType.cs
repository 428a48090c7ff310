namespace Aios.Tests;

/// <summary>The kinds of schedules, for tables of tests: an attribute can hold no object.</summary>
public enum JobType
{
    Trigger,
    Always,
    Daily,
    RandomDaily,
    Interval,
    Cron,
    Idle,
}
