using System.Buffers.Binary;

namespace Aios.Running.Containers.Engine;

/// <summary>
/// Takes a stream of logs apart, in which the engine sends both outputs through one connection: frames of a head of
/// eight bytes (which output, three zeros, length) and a body that begins with the time and a space.
/// </summary>
internal sealed class LogDemultiplexer(LogSink sink)
{
    private const int HeadLength = 8;
    private const int FirstBuffer = 64 * 1024;
    private const byte ErrorOutput = 2;

    // An engine cuts lines at 16 KiB; more than this is no stream of frames.
    private const int LongestBody = 16 * 1024 * 1024;

    private byte[] _buffer = new byte[FirstBuffer];
    private int _length;

    /// <summary>Reads until the stream ends.</summary>
    /// <exception cref="EngineException">It is no stream of frames, or ends within one.</exception>
    public async Task ReadAll(Stream stream, CancellationToken cancel)
    {
        while (true)
        {
            var read = await stream.ReadAsync(_buffer.AsMemory(_length), cancel).ConfigureAwait(false);
            if (read == 0)
                break;
            _length += read;
            TakeFrames();
        }

        if (_length > 0)
            throw new EngineException("the container engine ended a stream of logs in the middle of a line") { IsUnreachable = true };
    }

    private void TakeFrames()
    {
        var start = 0;
        while (_length - start >= HeadLength)
        {
            var head = _buffer.AsSpan(start, HeadLength);
            var body = BinaryPrimitives.ReadUInt32BigEndian(head[4..]);
            if (head[0] > 3 || body > LongestBody)
                throw new EngineException("the container engine sent logs in a form that is not known");
            var whole = HeadLength + (int)body;
            if (_length - start < whole)
            {
                MakeRoom(start, whole);
                return;
            }

            Tell(head[0] == ErrorOutput ? OutputStream.Error : OutputStream.Out, _buffer.AsSpan(start + HeadLength, (int)body));
            start += whole;
        }

        MakeRoom(start, HeadLength);
    }

    private void Tell(OutputStream stream, ReadOnlySpan<byte> body)
    {
        var space = body.IndexOf((byte)' ');
        if (space > 0 && EngineTime.TryParse(body[..space], out var at))
            sink(stream, at, body[(space + 1)..]);
        else
            sink(stream, null, body);
    }

    private void MakeRoom(int start, int needed)
    {
        var target = needed > _buffer.Length ? new byte[needed] : _buffer;
        Array.Copy(_buffer, start, target, 0, _length - start);
        _buffer = target;
        _length -= start;
    }
}
