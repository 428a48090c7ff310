using System.Text.Json.Serialization;

namespace Aios.Running.Containers.Engine.Messages;

/// <summary>The part of Docker's own config.json that says how to log in.</summary>
internal sealed record DockerConfig
{
    [JsonPropertyName("auths")]
    public IReadOnlyDictionary<string, DockerConfigAuth>? Auths { get; init; }

    /// <summary>The program that keeps all credentials, without its prefix.</summary>
    [JsonPropertyName("credsStore")]
    public string? CredsStore { get; init; }

    /// <summary>The same for single registries.</summary>
    [JsonPropertyName("credHelpers")]
    public IReadOnlyDictionary<string, string>? CredHelpers { get; init; }
}
