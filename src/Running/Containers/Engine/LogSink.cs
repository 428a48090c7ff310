namespace Aios.Running.Containers.Engine;

/// <summary>Takes a piece of what a container printed: mostly one line with its end.</summary>
/// <param name="stream">Which output it was printed on.</param>
/// <param name="at">When, by the engine's clock; null if the engine did not say.</param>
/// <param name="text">Valid during the call only.</param>
internal delegate void LogSink(OutputStream stream, DateTimeOffset? at, ReadOnlySpan<byte> text);
