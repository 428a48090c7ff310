namespace Aios.Running.Containers.Engine.Messages;

/// <summary>Of <c>POST /containers/create</c>.</summary>
internal sealed record CreateRequest
{
    public required string Image { get; init; }

    /// <summary>The argument vector. The image's own entry point and command have no part in it.</summary>
    public required IReadOnlyList<string> Entrypoint { get; init; }

    public required IReadOnlyList<string> Env { get; init; }

    public string? WorkingDir { get; init; }

    public string? User { get; init; }

    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    /// <summary>Folders in the container that are a volume of its own, gone with it.</summary>
    public IReadOnlyDictionary<string, Nothing>? Volumes { get; init; }

    public required HostConfig HostConfig { get; init; }
}
