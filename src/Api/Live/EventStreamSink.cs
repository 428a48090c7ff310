using System.Buffers;

namespace Aios.Api.Live;

/// <summary>Sends server-sent events.</summary>
internal sealed class EventStreamSink(Func<ReadOnlyMemory<byte>, Task> write) : ILiveSink
{
    /// <summary>What a reader says that has seen the end.</summary>
    public const string EndId = "end";

    private readonly ArrayBufferWriter<byte> _buffer = new();

    /// <inheritdoc />
    public Task Position(long position) => write(LiveFrames.Position(position));

    /// <inheritdoc />
    public Task Send(IReadOnlyList<LiveRow> rows)
    {
        if (rows.Count == 1) return write(rows[0].EventStream);
        _buffer.ResetWrittenCount();
        foreach (var row in rows) _buffer.Write(row.EventStream.Span);
        return write(_buffer.WrittenMemory);
    }

    /// <inheritdoc />
    public Task Dropped(long after, long position) => write(LiveFrames.EventStream($"{position}", LiveFrames.Dropped, LiveFrames.DroppedJson(after, position)));

    /// <inheritdoc />
    public Task End(ReadOnlyMemory<byte> json) => write(LiveFrames.EventStream(EndId, LiveFrames.End, json.Span));
}
