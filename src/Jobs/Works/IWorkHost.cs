using System.Collections.Immutable;

namespace Aios.Jobs.Works;

/// <summary>The ways in which a place starts something. Each kind of work comes down to one of them.</summary>
/// <typeparam name="TLaunch">What the place makes of it.</typeparam>
internal interface IWorkHost<out TLaunch>
{
    /// <summary>A program and its arguments; those of the run follow.</summary>
    TLaunch Command(ImmutableArray<string> command);

    /// <summary>A file of <c>Programs/</c>; the arguments of the run follow.</summary>
    TLaunch File(string file, string? interpreter);

    /// <summary>A function of a Python file of <c>Programs/</c>.</summary>
    TLaunch Function(string file, string function, string? interpreter, ImmutableArray<string> preload);
}
