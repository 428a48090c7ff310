namespace Aios.Store.Pruning;

/// <summary>How much history is kept. Null is without limit. Whatever exceeds one of them goes, the oldest first.</summary>
internal sealed record RetentionLimits
{
    /// <summary>The defaults.</summary>
    public static RetentionLimits Default { get; } = new();

    /// <summary>How long closed triggers, ended runs and log lines are kept.</summary>
    public TimeSpan? Age { get; init; } = TimeSpan.FromDays(90);

    /// <summary>
    /// How many of each job's newest runs and closed triggers are kept; triggers with a dedup key, as all occurrences of
    /// schedules have one, are counted apart from the others.
    /// </summary>
    public long? Rows { get; init; } = 10_000;

    /// <summary>A log line goes when so many newer ones have been written.</summary>
    public long? LogLines { get; init; } = 1_000_000;

    /// <summary>How large the database may be, apart from what is free in its file.</summary>
    public long? Bytes { get; init; } = 1024L * 1024 * 1024;

    /// <summary>
    /// How long at least a closed trigger with a dedup key is kept, whatever the other limits say, so that nothing runs twice.
    /// </summary>
    public TimeSpan Keys { get; init; } = TimeSpan.FromDays(30);
}
