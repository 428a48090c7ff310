using System.Collections.Immutable;

namespace Aios.Jobs.Places;

/// <summary>
/// A kind of place. A new kind is a folder with a record of its values and an implementation of this, and one more line in
/// <see cref="PlaceKinds"/>. What runs the jobs there is a <c>IPlaceRunner</c> of src/Running.
/// </summary>
internal abstract class PlaceKind
{
    /// <summary>The field that a job of this kind has, and no other job; null for the kind of jobs that name no place.</summary>
    public abstract JobField? Key { get; }

    /// <summary>The place of a job that gives none of the fields.</summary>
    public abstract JobPlace Blank { get; }

    /// <summary>Whether its jobs start what is on the machine of the daemon, so that this can be looked at.</summary>
    public abstract bool IsThisMachine { get; }

    /// <summary>Whether its jobs need a container engine.</summary>
    public virtual bool NeedsEngine => false;

    /// <summary>Whether a run continues when the daemon dies, so that the next one takes it up.</summary>
    public virtual bool OutlivesDaemon => false;

    /// <summary>The fields that only jobs of this kind have.</summary>
    internal virtual ImmutableArray<JobField> Fields => [];

    /// <summary>What to say of one of its fields in a job that runs elsewhere.</summary>
    internal virtual string Alien => $"is for jobs with \"{Key?.Name}\"; add that or remove it";

    /// <summary>Reports what the fields of one of its jobs must be to one another.</summary>
    internal virtual void Check(Job job, GivenFields given, Reporter report) { }
}
