namespace Aios.Running.Containers.Engine.Messages;

/// <summary>What a container was made of.</summary>
internal sealed record ContainerConfig(string? Image, IReadOnlyDictionary<string, string>? Labels);
