using System.Collections.Immutable;

namespace Aios.Jobs.Places;

/// <summary>What a container may do beyond the least. The defaults are the least.</summary>
internal sealed record JobPrivileges
{
    /// <summary>The least.</summary>
    public static readonly JobPrivileges Least = new();

    /// <summary>Its root file system cannot be written; only /tmp, and what is mounted, can.</summary>
    public bool ReadOnly { get; init; } = true;

    /// <summary>Capabilities of Linux that it keeps; all others are dropped.</summary>
    public ImmutableArray<string> Capabilities { get; init; } = [];

    /// <summary>Whether its programs may gain rights, by setuid or file capabilities.</summary>
    public bool NewPrivileges { get; init; }

    /// <summary>Whether a small init process passes signals on and reaps orphans.</summary>
    public bool Init { get; init; } = true;
}
