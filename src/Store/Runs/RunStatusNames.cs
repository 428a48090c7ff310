namespace Aios.Store.Runs;

/// <summary>The names of <see cref="RunStatus"/> as the database and the outside world know them.</summary>
internal static class RunStatusNames
{
    /// <summary>The name in snake_case.</summary>
    public static string Name(this RunStatus status) =>
        status switch
        {
            RunStatus.Queued => "queued",
            RunStatus.Waiting => "waiting",
            RunStatus.Running => "running",
            RunStatus.Succeeded => "succeeded",
            RunStatus.Failed => "failed",
            RunStatus.Canceled => "canceled",
            RunStatus.TimedOut => "timed_out",
            RunStatus.Lost => "lost",
            RunStatus.Skipped => "skipped",
            _ => throw new ArgumentOutOfRangeException(nameof(status), status, null),
        };

    /// <summary>
    /// The word that the Python original kept in <c>jobs.status</c>, which its users' scripts still compare with.
    /// </summary>
    public static string OriginalWord(this RunStatus status) =>
        status switch
        {
            RunStatus.Running => "running",
            RunStatus.Succeeded => "completed",
            RunStatus.Canceled or RunStatus.Skipped => "stopped",
            _ => "failed",
        };
}
