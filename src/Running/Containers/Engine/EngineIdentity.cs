using VersionResponse = Docker.DotNet.Models.VersionResponse;

namespace Aios.Running.Containers.Engine;

/// <summary>An engine that answered.</summary>
/// <param name="Product">Docker or Podman.</param>
/// <param name="Version">Of the product.</param>
/// <param name="Speaks">The version of the API in which it is talked to.</param>
internal sealed record EngineIdentity(string Product, string Version, Version Speaks)
{
    private const string Podman = "Podman";

    /// <exception cref="EngineException">It speaks no version that is known.</exception>
    public static EngineIdentity Of(VersionResponse answer, EngineAddress address)
    {
        var isPodman = answer.Components?.Any(part => part.Name?.Contains("Podman", StringComparison.OrdinalIgnoreCase) == true) == true;
        return new(
            isPodman ? Podman : "Docker",
            answer.Version ?? "?",
            ApiVersions.Agree(answer.APIVersion, answer.MinAPIVersion, address)
        );
    }

    /// <summary>
    /// Logs that are followed may end before the last lines of a short container, which are there when they are read again.
    /// </summary>
    public bool LosesSightOfLastLines => Product == Podman;

    public override string ToString() => $"{Product} {Version}";
}
