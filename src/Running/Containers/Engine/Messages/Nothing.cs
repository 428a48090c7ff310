namespace Aios.Running.Containers.Engine.Messages;

/// <summary>An empty object.</summary>
internal sealed record Nothing;
