namespace Aios.Running.Containers.Engine;

/// <summary>Versions of the Engine API, such as 1.41.</summary>
internal static class ApiVersions
{
    /// <summary>The newest that AIOS asks for.</summary>
    public static readonly Version Newest = new(1, 47);

    /// <summary>The oldest that has all that is needed: an init process, mounts, a limit of processes.</summary>
    public static readonly Version Oldest = new(1, 25);

    /// <summary>The version to use with an engine: the newest that both sides support.</summary>
    /// <exception cref="EngineException">There is none.</exception>
    public static Version Agree(string? newest, string? oldest, EngineAddress address)
    {
        if (!Version.TryParse(newest, out var its))
        {
            throw new EngineException(
                $"what answers at {address} is no container engine: it names no API version. Set DOCKER_HOST to the socket of "
                    + $"Docker or Podman"
            );
        }

        if (its < Oldest)
            throw new EngineException(
                $"the container engine at {address} speaks API {its}; at least {Oldest} is needed (Docker 1.13). Update it"
            );
        if (Version.TryParse(oldest, out var least) && least > Newest)
        {
            throw new EngineException(
                $"the container engine at {address} wants at least API {least}; this AIOS knows {Newest}. Update AIOS"
            );
        }

        return its < Newest ? its : Newest;
    }
}
