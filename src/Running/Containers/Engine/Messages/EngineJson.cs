using System.Text.Json.Serialization;

namespace Aios.Running.Containers.Engine.Messages;

/// <summary>JSON that the library does not read: where credentials are kept, and the body of a refusal.</summary>
[JsonSerializable(typeof(ErrorAnswer))]
[JsonSerializable(typeof(DockerConfig))]
[JsonSerializable(typeof(HelperAnswer))]
internal sealed partial class EngineJson : JsonSerializerContext;
