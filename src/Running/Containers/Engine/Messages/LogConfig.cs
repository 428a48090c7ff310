namespace Aios.Running.Containers.Engine.Messages;

/// <summary>Where the engine keeps what a container prints.</summary>
internal sealed record LogConfig(string Type, IReadOnlyDictionary<string, string> Config);
