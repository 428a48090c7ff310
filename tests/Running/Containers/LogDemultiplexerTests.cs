using System.Buffers.Binary;
using System.Text;
using Aios.Running;
using Aios.Running.Containers.Engine;

namespace Aios.Tests.Running.Containers;

public sealed class LogDemultiplexerTests
{
    private const string At = "2026-11-21T09:06:00.944212642Z ";

    private readonly List<(OutputStream Stream, bool HasTime, string Text)> _told = [];

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1000)]
    [InlineData(1 << 20)]
    public async Task Both_outputs_come_apart_however_the_stream_is_cut(int chunk)
    {
        var longLine = new string('x', 100_000) + "\n";
        await Read(
            [
                .. Frame(1, At + "out\n"),
                .. Frame(2, At + "error\n"),
                .. Frame(1, ""),
                .. Frame(1, At + longLine),
                .. Frame(2, "without a time\n"),
            ],
            chunk
        );
        Assert.Equal(
            [
                (OutputStream.Out, true, "out\n"),
                (OutputStream.Error, true, "error\n"),
                (OutputStream.Out, false, ""),
                (OutputStream.Out, true, longLine),
                (OutputStream.Error, false, "without a time\n"),
            ],
            _told
        );
    }

    [Fact]
    public async Task A_stream_that_ends_within_a_frame_was_broken_off()
    {
        var error = await Assert.ThrowsAsync<EngineException>(() =>
            Read([.. Frame(1, At + "whole\n"), .. Frame(1, At + "half\n")[..20]], 64)
        );
        Assert.True(error.IsUnreachable);
        Assert.Single(_told);
    }

    [Fact]
    public async Task What_is_no_stream_of_frames_is_refused() =>
        await Assert.ThrowsAsync<EngineException>(() => Read(Encoding.UTF8.GetBytes("HTTP is not what was meant"), 64));

    private static byte[] Frame(byte stream, string body)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        var frame = new byte[8 + bytes.Length];
        frame[0] = stream;
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(4), bytes.Length);
        bytes.CopyTo(frame, 8);
        return frame;
    }

    private Task Read(byte[] bytes, int chunk) =>
        new LogDemultiplexer((stream, at, text) => _told.Add((stream, at is not null, Encoding.UTF8.GetString(text)))).ReadAll(
            new Drops(bytes, chunk),
            CancellationToken.None
        );

    private sealed class Drops(byte[] bytes, int chunk) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(chunk, buffer.Length)], cancellationToken);
    }
}
