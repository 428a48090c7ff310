using System.Collections.Immutable;

namespace Aios.Running;

/// <summary>What a job comes down to.</summary>
internal abstract record Launch
{
    /// <summary>An executable with its argument vector.</summary>
    public sealed record Command(string Executable, IReadOnlyList<string> Argv) : Launch;

    /// <summary>A Python function.</summary>
    /// <param name="Programs">The folder that imports start from.</param>
    /// <param name="File">Absolute.</param>
    /// <param name="Name">The function.</param>
    /// <param name="Interpreter">Absolute path of the Python to call it with.</param>
    /// <param name="Preload">Modules to import before.</param>
    public sealed record Function(string Programs, string File, string Name, string Interpreter, ImmutableArray<string> Preload) : Launch;
}
