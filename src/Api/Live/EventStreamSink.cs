using System.Buffers;

namespace Aios.Api.Live;

/// <summary>Sends server-sent events.</summary>
/// <param name="output">Where they are written to; it has room until they are sent.</param>
/// <param name="flush">Sends what was written.</param>
internal sealed class EventStreamSink(IBufferWriter<byte> output, Func<Task> flush) : ILiveSink
{
    /// <summary>What a reader says that has seen the end.</summary>
    public const string EndId = "end";

    /// <inheritdoc />
    public Task Position(long position) => Write(LiveFrames.Position(position));

    /// <inheritdoc />
    public Task Send(IReadOnlyList<LiveRow> rows)
    {
        foreach (var row in rows)
            output.Write(row.EventStream.Span);
        return flush();
    }

    /// <inheritdoc />
    public Task Dropped(long after, long position) =>
        Write(LiveFrames.EventStream($"{position}", LiveFrames.Dropped, LiveFrames.DroppedJson(after, position)));

    /// <inheritdoc />
    public Task End(ReadOnlyMemory<byte> json) => Write(LiveFrames.EventStream(EndId, LiveFrames.End, json.Span));

    private Task Write(byte[] frame)
    {
        output.Write(frame);
        return flush();
    }
}
