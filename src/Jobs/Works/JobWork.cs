using System.Collections.Immutable;

namespace Aios.Jobs.Works;

/// <summary>What a job runs: what its list says about that, in the form of one kind.</summary>
internal abstract record JobWork
{
    /// <summary>What is known about all work of this kind.</summary>
    public abstract WorkKind Kind { get; }

    /// <summary>The program that it needs, relative to <c>Programs/</c>; null if it needs none.</summary>
    public virtual string? ProgramFile => null;

    /// <summary>Whether a function of that program is called, which gets its arguments by a file and not as an argument vector.</summary>
    public virtual bool IsFunction => false;

    /// <summary>Whether Python runs it.</summary>
    public virtual bool IsPython => false;

    /// <summary>
    /// The Python that the list names: a path relative to the home, of an interpreter or of a virtual environment; null is the
    /// home's.
    /// </summary>
    public virtual string? Interpreter => null;

    /// <summary>The argument vector, where the list gives it.</summary>
    public virtual ImmutableArray<string> Argv => [];

    /// <summary>What its program finds in the environment, over all that the job says of that.</summary>
    public virtual ImmutableArray<KeyValuePair<string, string>> Variables => [];

    /// <summary>Whether a run of it takes one of the device's slots.</summary>
    public virtual bool TakesSlot => true;

    /// <summary>The work of a step whose references have been followed.</summary>
    public virtual JobWork Evaluated() => this;

    /// <summary>What starts it, in a way that its place has.</summary>
    public abstract TLaunch LaunchOn<TLaunch>(IWorkHost<TLaunch> host);
}
