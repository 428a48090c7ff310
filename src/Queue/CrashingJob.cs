namespace Aios.Queue;

/// <summary>An <c>always</c> job whose processes end too soon, again and again, and that waits for its next start.</summary>
/// <param name="JobName">The job.</param>
/// <param name="ShortLives">How many in a row.</param>
/// <param name="Reason">In words.</param>
public sealed record CrashingJob(string JobName, int ShortLives, string? Reason);
