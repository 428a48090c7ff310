using System.Collections.Immutable;

namespace Aios.Jobs.Works;

/// <summary>
/// A kind of work. A new kind is a folder with a record of its values and an implementation of this, and one more line in
/// <see cref="WorkKinds"/>.
/// </summary>
internal abstract class WorkKind
{
    /// <summary>Of the fields that say what a job runs, each job has exactly one.</summary>
    protected const string OneOfKeys = "program";

    /// <summary>The field that a job of this kind has, and no other job.</summary>
    public abstract JobField Key { get; }

    /// <summary>The work of a job that gives none of the fields.</summary>
    public abstract JobWork Blank { get; }

    /// <summary>The fields that only jobs of this kind have; <see cref="Key"/> is among them.</summary>
    internal virtual ImmutableArray<JobField> Fields => [Key];

    /// <summary>More of them, about which a person reads after the fields of all kinds.</summary>
    internal virtual ImmutableArray<JobField> Details => [];

    /// <summary>Reports what its fields must be to one another. It is asked of all jobs: one of another kind may give them, too.</summary>
    internal virtual void Check(Job job, GivenFields given, Reporter report) { }
}
