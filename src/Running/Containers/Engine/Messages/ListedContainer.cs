namespace Aios.Running.Containers.Engine.Messages;

/// <summary>One of <c>GET /containers/json</c>.</summary>
internal sealed record ListedContainer(string Id, string? State, IReadOnlyDictionary<string, string>? Labels);
