namespace Aios.Running.Containers.Engine.Messages;

/// <summary>What a credential helper prints.</summary>
internal sealed record HelperAnswer(string? Username, string? Secret);
