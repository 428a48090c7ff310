using System.Collections.Immutable;

namespace Aios.Jobs.Works;

/// <summary>A program of the folder of programs, or a Python function in it.</summary>
internal sealed record FileWork : JobWork
{
    /// <inheritdoc/>
    public override WorkKind Kind => FileKind.Instance;

    /// <summary>Relative to <c>Programs/</c>.</summary>
    public string File { get; init; } = "";

    /// <summary>The Python function to call; null starts the file itself.</summary>
    public string? Function { get; init; }

    /// <summary>
    /// The Python of the program: a path relative to the home, of an interpreter or of a virtual environment; null is the home's.
    /// </summary>
    public string? Python { get; init; }

    /// <summary>Python modules to import before the function is called.</summary>
    public ImmutableArray<string> Preload { get; init; } = [];

    /// <inheritdoc/>
    public override string ProgramFile => File;

    /// <inheritdoc/>
    public override bool IsFunction => Function is not null;

    /// <inheritdoc/>
    public override bool IsPython => File.EndsWith(".py", StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override string? Interpreter => Python;

    /// <summary>That of a job; null for a job of another kind.</summary>
    public static FileWork? Of(Job job) => job.Work as FileWork;

    /// <inheritdoc/>
    public override TLaunch LaunchOn<TLaunch>(IWorkHost<TLaunch> host) =>
        Function is { } function ? host.Function(File, function, Python, Preload) : host.File(File, Python);
}
