namespace Aios.Store.Notices;

/// <summary>Something that is wrong with a job, from when it began until the job is well again.</summary>
/// <param name="JobName">The job.</param>
/// <param name="Event">The word for what is wrong.</param>
/// <param name="Since">When it began, UTC.</param>
/// <param name="Last">When it was seen last, UTC.</param>
/// <param name="Count">How often it was seen.</param>
/// <param name="Reason">What was seen last, in words.</param>
/// <param name="RunId">In which run; null for none.</param>
internal sealed record Alarm(
    string JobName,
    string Event,
    DateTimeOffset Since,
    DateTimeOffset Last,
    long Count,
    string? Reason,
    long? RunId
);
