namespace Aios.Control;

/// <summary>When a job will run.</summary>
/// <param name="JobName">The job.</param>
/// <param name="At">The instant, or null where it is not known yet.</param>
/// <param name="InWords">In place of the instant, for a table.</param>
/// <param name="Reason">Why it is not known.</param>
internal sealed record ComingOccurrence(string JobName, DateTimeOffset? At, string? InWords = null, string? Reason = null)
{
    public static ComingOccurrence AtStart(string jobName) =>
        new(jobName, null, "at start", "it has not run yet, so it runs once as soon as it is started, and from then on in its interval");

    public static ComingOccurrence Overdue(string jobName, string? note) =>
        new(
            jobName,
            null,
            "overdue",
            $"it is overdue and runs as soon as a daemon follows its schedule{(note is null ? "" : $": {note.TrimEnd('.')}")}"
        );

    public static ComingOccurrence NotDrawn(string jobName) =>
        new(jobName, null, "drawn at the first start", "its time is drawn when the database is made, at the first start");
}
