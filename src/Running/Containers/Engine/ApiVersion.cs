using System.Globalization;

namespace Aios.Running.Containers.Engine;

/// <summary>A version of the Engine API, such as 1.41.</summary>
internal readonly record struct ApiVersion(int Major, int Minor) : IComparable<ApiVersion>
{
    /// <summary>The newest whose calls this client knows.</summary>
    public static readonly ApiVersion Newest = new(1, 47);

    /// <summary>The oldest that has all that is needed: an init process, mounts, a limit of processes.</summary>
    public static readonly ApiVersion Oldest = new(1, 25);

    public static bool TryParse(string? text, out ApiVersion version)
    {
        version = default;
        var parts = text?.Split('.');
        if (parts is not [var major, var minor]) return false;
        if (!int.TryParse(major, CultureInfo.InvariantCulture, out var first) || !int.TryParse(minor, CultureInfo.InvariantCulture, out var second)) return false;
        version = new ApiVersion(first, second);
        return true;
    }

    /// <summary>What to speak with an engine: the newest that both know.</summary>
    /// <exception cref="EngineException">There is none.</exception>
    public static ApiVersion Agree(string? newest, string? oldest, EngineAddress address)
    {
        if (!TryParse(newest, out var its))
        {
            throw new EngineException($"what answers at {address} is no container engine: it names no API version. Set DOCKER_HOST to the socket of Docker or Podman");
        }

        if (its.CompareTo(Oldest) < 0) throw new EngineException($"the container engine at {address} speaks API {its}; at least {Oldest} is needed (Docker 1.13). Update it");
        if (TryParse(oldest, out var least) && least.CompareTo(Newest) > 0)
        {
            throw new EngineException($"the container engine at {address} wants at least API {least}; this AIOS knows {Newest}. Update AIOS");
        }

        return its.CompareTo(Newest) < 0 ? its : Newest;
    }

    public int CompareTo(ApiVersion other) => (Major, Minor).CompareTo((other.Major, other.Minor));

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Major}.{Minor}");
}
