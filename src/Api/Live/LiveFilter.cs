using Aios.Access;
using Aios.Store.Logs;

namespace Aios.Api.Live;

/// <summary>Which rows somebody wants to see, of those that are theirs to see.</summary>
/// <param name="Visible">The jobs that are theirs; what is about no job is seen only by those who may see all.</param>
internal sealed record LiveFilter(JobPatterns Visible)
{
    /// <summary>All rows.</summary>
    public static readonly LiveFilter All = new(JobPatterns.All);

    /// <summary>Only those about this job.</summary>
    public string? JobName { get; init; }

    /// <summary>Only those about this run.</summary>
    public long? RunId { get; init; }

    /// <summary>Only lines of this level or a higher one, as <see cref="LogLevel"/> has them.</summary>
    public string? Level { get; init; }

    /// <summary>Whether they want it.</summary>
    public bool Wants(LiveRow row) =>
        (RunId is null || row.RunId == RunId)
        && (JobName is null || IsOf(JobName, row.JobName))
        && (Visible.IsAll || (row.JobName is { } job && Visible.Match(job)))
        && (Level is null || LogLevel.All.IndexOf(row.Level ?? "") >= LogLevel.All.IndexOf(Level));

    // Of a flow also what its steps do.
    private static bool IsOf(string job, string? name) =>
        name is not null && name.StartsWith(job, StringComparison.Ordinal) && (name.Length == job.Length || name[job.Length] == '/');

    /// <summary>The same for the database.</summary>
    public LogQuery ToLogQuery() =>
        new()
        {
            JobName = JobName,
            RunId = RunId,
            Level = Level,
            JobPatterns = Visible.Patterns,
        };
}
