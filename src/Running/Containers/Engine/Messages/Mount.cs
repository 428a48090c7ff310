namespace Aios.Running.Containers.Engine.Messages;

/// <summary>A folder, file or volume in a container.</summary>
/// <param name="Type">bind or volume.</param>
/// <param name="Source">A path on the engine's machine, or the volume's name.</param>
/// <param name="Target">The path in the container.</param>
/// <param name="ReadOnly">It cannot be written there.</param>
internal sealed record Mount(string Type, string Source, string Target, bool ReadOnly);
