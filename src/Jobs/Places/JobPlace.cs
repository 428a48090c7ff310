namespace Aios.Jobs.Places;

/// <summary>Where a job runs: what its list says about that, in the form of one kind.</summary>
internal abstract record JobPlace
{
    /// <summary>What is known about all places of this kind.</summary>
    public abstract PlaceKind Kind { get; }

    /// <summary>Whether a program can have that <c>workdir</c> there.</summary>
    public virtual bool CanStartIn(string? folder) => true;

    /// <summary>How a Python package gets there, for people; null where that is as on any machine.</summary>
    public virtual string? HowToInstall(string package) => null;
}
