namespace Aios.Api.Live;

/// <summary>Sends messages over a WebSocket, each of them a JSON object.</summary>
internal sealed class WebSocketSink(Func<ReadOnlyMemory<byte>, Task> write) : ILiveSink
{
    /// <inheritdoc />
    public Task Position(long position) => write(LiveFrames.Message(position, LiveFrames.PositionKind, "null"u8));

    /// <inheritdoc />
    public async Task Send(IReadOnlyList<LiveRow> rows)
    {
        foreach (var row in rows)
            await write(row.Message).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public Task Dropped(long after, long position) =>
        write(LiveFrames.Message(position, LiveFrames.Dropped, LiveFrames.DroppedJson(after, position)));

    /// <inheritdoc />
    public Task End(ReadOnlyMemory<byte> json) => write(LiveFrames.Message(null, LiveFrames.End, json.Span));
}
