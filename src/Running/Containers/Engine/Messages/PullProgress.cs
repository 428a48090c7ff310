using System.Text.Json.Serialization;

namespace Aios.Running.Containers.Engine.Messages;

/// <summary>Bytes of a layer.</summary>
internal sealed record PullProgress([property: JsonPropertyName("current")] long? Current, [property: JsonPropertyName("total")] long? Total);
