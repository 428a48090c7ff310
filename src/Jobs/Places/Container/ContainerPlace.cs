using System.Collections.Immutable;
using Aios.Jobs.Formats;

namespace Aios.Jobs.Places;

/// <summary>A container for each run.</summary>
internal sealed record ContainerPlace : JobPlace
{
    /// <inheritdoc/>
    public override PlaceKind Kind => ContainerKind.Instance;

    /// <summary>What the container is made of.</summary>
    public string Image { get; init; } = "";

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

    /// <summary>That of a job; one without any field for a job of another kind.</summary>
    public static ContainerPlace Of(Job job) => job.Place as ContainerPlace ?? ContainerKind.Instance.BlankContainer;

    /// <inheritdoc/>
    public override bool CanStartIn(string? folder) => FolderFormat.IsAbsolute(folder);

    /// <inheritdoc/>
    public override string HowToInstall(string package) => $"add it to the image {Image}: pip install {package}";
}
