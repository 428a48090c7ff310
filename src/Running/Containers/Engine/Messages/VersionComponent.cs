namespace Aios.Running.Containers.Engine.Messages;

/// <summary>A part of the engine; Podman is told by it.</summary>
internal sealed record VersionComponent(string? Name, string? Version);
