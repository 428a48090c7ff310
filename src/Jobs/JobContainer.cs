using System.Collections.Immutable;

namespace Aios.Jobs;

/// <summary>The container that a job's runs are. Without an image they are processes of the machine itself.</summary>
internal sealed record JobContainer
{
    /// <summary>No container.</summary>
    public static readonly JobContainer None = new();

    /// <summary>What the container is made of; null is no container.</summary>
    public string? Image { get; init; }

    /// <summary>When the image is got from its registry.</summary>
    public PullPolicy Pull { get; init; }

    /// <summary>bridge, none, host or the name of a network; null is the engine's default, a bridge.</summary>
    public string? Network { get; init; }

    /// <summary>What it sees of the machine.</summary>
    public ImmutableArray<JobVolume> Volumes { get; init; } = [];

    /// <summary>The user that its programs run as; null is the image's.</summary>
    public string? User { get; init; }

    /// <summary>all, a number, or ids with commas between them; null is none.</summary>
    public string? Gpus { get; init; }

    /// <summary>What it may do beyond the least.</summary>
    public JobPrivileges Privileges { get; init; } = JobPrivileges.Least;
}
