namespace Aios.Running.Containers.Engine.Messages;

/// <summary>Of <c>GET /containers/ID/json</c>.</summary>
internal sealed record InspectAnswer(string Id, string? Name, ContainerState State, ContainerConfig? Config, IReadOnlyList<MountPoint>? Mounts);
