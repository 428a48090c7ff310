namespace Aios.Running.Containers.Engine.Messages;

/// <summary>What a container has mounted.</summary>
internal sealed record MountPoint(string? Type, string? Name, string? Source, string? Destination, bool RW);
