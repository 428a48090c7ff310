using System.Text.Json.Serialization;

namespace Aios.Running.Containers.Engine.Messages;

/// <summary>Of a call that failed.</summary>
internal sealed record ErrorAnswer([property: JsonPropertyName("message")] string? Message);
