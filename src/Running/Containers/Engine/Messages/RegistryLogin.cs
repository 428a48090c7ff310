using System.Text.Json.Serialization;

namespace Aios.Running.Containers.Engine.Messages;

/// <summary>What a registry wants to know of who pulls; the header X-Registry-Auth.</summary>
internal sealed record RegistryLogin
{
    [JsonPropertyName("username")]
    public string? Username { get; init; }

    [JsonPropertyName("password")]
    public string? Password { get; init; }

    [JsonPropertyName("identitytoken")]
    public string? IdentityToken { get; init; }

    [JsonPropertyName("serveraddress")]
    public required string ServerAddress { get; init; }
}
