namespace Aios.Store.Jobs;

/// <summary>
/// What is remembered of a job that has failed: enough to say whether it is well, whatever daemon asks. Instants are UTC.
/// </summary>
/// <param name="JobName">The job.</param>
internal sealed record HealthRecord(string JobName)
{
    /// <summary>So many results are remembered of a job that ends by itself.</summary>
    public const int MostRecent = 10;

    /// <summary>Since when it is not well; null if it is well, and it is only remembered that it was not.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>How often it has failed since then.</summary>
    public long Failures { get; init; }

    /// <summary>
    /// Of an <c>always</c> job: how many ends were failures or came too soon, since it was last well. The back-off grows with it.
    /// </summary>
    public int Level { get; init; }

    /// <summary>How often it has failed again soon after it had become well.</summary>
    public int Relapses { get; init; }

    /// <summary>Of a job that ends by itself: its results since the first that failed, <c>f</c> or <c>s</c>, the newest last.</summary>
    public string Recent { get; init; } = "";

    /// <summary>Of an <c>always</c> job: the longest life that has ended in a failure since it was last well.</summary>
    public TimeSpan LongestLife { get; init; }

    /// <summary>Of an <c>always</c> job: since when its processes have not failed; null if none was started since.</summary>
    public DateTimeOffset? GoodSince { get; init; }

    /// <summary>Of an <c>always</c> job: for so long its processes must not fail until it is well again.</summary>
    public TimeSpan Probation { get; init; }

    /// <summary>When it failed last.</summary>
    public DateTimeOffset? LastFailure { get; init; }

    /// <summary>When it became well again.</summary>
    public DateTimeOffset? Recovered { get; init; }

    /// <summary>What was wrong last, in words.</summary>
    public string? Reason { get; init; }

    /// <summary>In which run.</summary>
    public long? RunId { get; init; }

    /// <summary>Whether it failed and is not well again.</summary>
    public bool IsOpen => Since is not null;
}
