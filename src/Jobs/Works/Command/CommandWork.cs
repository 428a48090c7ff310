using System.Collections.Immutable;

namespace Aios.Jobs.Works;

/// <summary>A program and its arguments, started without a shell.</summary>
/// <param name="Command">The argument vector.</param>
internal sealed record CommandWork(ImmutableArray<string> Command) : JobWork
{
    /// <inheritdoc/>
    public override WorkKind Kind => CommandKind.Instance;

    /// <inheritdoc/>
    public override ImmutableArray<string> Argv => Command;

    /// <inheritdoc/>
    public override TLaunch LaunchOn<TLaunch>(IWorkHost<TLaunch> host) => host.Command(Command);
}
