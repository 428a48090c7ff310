using System.Text.Json.Serialization;

namespace Aios.Running.Containers.Engine.Messages;

/// <summary>One line of <c>POST /images/create</c>.</summary>
internal sealed record PullStep
{
    [JsonPropertyName("status")]
    public string? Status { get; init; }

    /// <summary>The layer.</summary>
    [JsonPropertyName("id")]
    public string? Id { get; init; }

    [JsonPropertyName("progressDetail")]
    public PullProgress? Progress { get; init; }

    [JsonPropertyName("error")]
    public string? Error { get; init; }
}
