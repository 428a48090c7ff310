namespace Aios.Running.Containers.Engine.Messages;

/// <summary>Of <c>GET /version</c>.</summary>
internal sealed record VersionAnswer(string? Version, string? ApiVersion, string? MinAPIVersion, IReadOnlyList<VersionComponent>? Components);
