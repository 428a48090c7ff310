using System.Collections.Immutable;

namespace Aios.Jobs.Works;

/// <summary>A line that a shell reads.</summary>
/// <param name="Line">The arguments of a run are its <c>"$@"</c>.</param>
internal sealed record ShellWork(string Line) : JobWork
{
    private const string Shell = "/bin/sh";

    /// <inheritdoc/>
    public override WorkKind Kind => ShellKind.Instance;

    /// <inheritdoc/>
    public override ImmutableArray<KeyValuePair<string, string>> Variables => Values;

    /// <summary>The values of the references in it, where it is that of a step: see <see cref="ShellLine"/>.</summary>
    public ImmutableArray<KeyValuePair<string, string>> Values { get; init; } = [];

    /// <inheritdoc/>
    public override TLaunch LaunchOn<TLaunch>(IWorkHost<TLaunch> host) => host.Command([Shell, "-c", Line, "sh"]);
}
