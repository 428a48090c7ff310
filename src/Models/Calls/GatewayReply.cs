using System.IO.Pipelines;

namespace Aios.Models.Calls;

/// <summary>What the gateway sends back.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">The whole of it; null for a stream.</param>
/// <param name="Stream">Writes it piece by piece; null if it is whole.</param>
internal sealed record GatewayReply(int Status, ReadOnlyMemory<byte>? Body, Func<PipeWriter, CancellationToken, Task>? Stream)
{
    /// <summary>Beside those that each answer has.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];
}
