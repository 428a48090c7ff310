namespace Aios.Store.Jobs;

/// <summary>A row of the Python original's <c>scheduled_jobs</c>, each value as text; null where the column is empty or missing.</summary>
internal sealed record OriginalJob
{
    /// <summary>The job's name.</summary>
    public string? Name { get; init; }

    /// <summary>The Python file.</summary>
    public string? File { get; init; }

    /// <summary>The function in it.</summary>
    public string? Function { get; init; }

    /// <summary>always, daily, interval, random_daily, trigger or idle.</summary>
    public string? Type { get; init; }

    /// <summary>A JSON list.</summary>
    public string? Tags { get; init; }

    /// <summary>How many attempts there are in all.</summary>
    public string? Retries { get; init; }

    /// <summary>The time of day of <c>daily</c>.</summary>
    public string? Time { get; init; }

    /// <summary>The start of the window of <c>random_daily</c>.</summary>
    public string? AfterTime { get; init; }

    /// <summary>The end of that window.</summary>
    public string? BeforeTime { get; init; }

    /// <summary>The minutes of <c>interval</c>.</summary>
    public string? IntervalMinutes { get; init; }

    /// <summary>Higher runs first.</summary>
    public string? Priority { get; init; }

    /// <summary>0 or 1.</summary>
    public string? Enabled { get; init; }
}
