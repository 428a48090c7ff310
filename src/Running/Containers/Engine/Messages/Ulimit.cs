namespace Aios.Running.Containers.Engine.Messages;

/// <summary>A limit of each process.</summary>
internal sealed record Ulimit(string Name, long Soft, long Hard);
