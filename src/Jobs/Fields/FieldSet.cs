using System.Collections.Immutable;

namespace Aios.Jobs;

/// <summary>The fields beside those of kinds, in the order in which a person reads about them.</summary>
/// <param name="Subject">What has them, in a word.</param>
/// <param name="First">Before its type.</param>
/// <param name="Second">After its type.</param>
/// <param name="Middle">After the work and the place.</param>
/// <param name="Last">After the schedule.</param>
internal sealed record FieldSet(
    string Subject,
    ImmutableArray<JobField> First,
    ImmutableArray<JobField> Second,
    ImmutableArray<JobField> Middle,
    ImmutableArray<JobField> Last
)
{
    /// <summary>Those of jobs.</summary>
    public static readonly FieldSet OfJobs = new(
        "job",
        [GeneralFields.Name],
        [GeneralFields.Description],
        GeneralFields.Middle,
        GeneralFields.Last
    );
}
