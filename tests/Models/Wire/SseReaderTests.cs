using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using Aios.Models.Wire;

namespace Aios.Tests.Models.Wire;

/// <summary>Server-sent events are the same however their bytes are cut.</summary>
public sealed class SseReaderTests
{
    private const string Stream =
        ": a comment\n\nevent: first\ndata: {\"a\":1}\n\ndata:without a blank\r\n\r\n"
        + "data: two\ndata: lines\n\nevent: no data\n\ndata: ü€😀\n\ndata: not ended";

    private static readonly (string, string)[] Expected =
    [
        ("first", "{\"a\":1}"),
        ("", "without a blank"),
        ("", "two\nlines"),
        ("", "ü€😀"),
    ];

    [Fact]
    public async Task Events_are_read_wherever_the_bytes_are_cut()
    {
        var bytes = Encoding.UTF8.GetBytes(Stream);
        for (var size = 1; size <= bytes.Length; size++)
            Assert.Equal(Expected, await Read(bytes.Chunk(size)));
    }

    [Fact]
    public async Task An_event_is_written_as_it_was_read()
    {
        var written = new ArrayBufferWriter<byte>();
        foreach (var (name, data) in Expected)
            SseWriter.Write(written, new ServerEvent(name, Encoding.UTF8.GetBytes(data)));
        Assert.Equal(Expected, await Read([written.WrittenSpan.ToArray()]));
    }

    [Fact]
    public async Task A_provider_that_falls_silent_is_told()
    {
        var pipe = new Pipe();
        var reader = new SseReader(pipe.Reader, TimeSpan.FromMilliseconds(20));
        await Assert.ThrowsAsync<TimeoutException>(async () => await ToList(reader));
    }

    private static async Task<List<(string, string)>> Read(IEnumerable<byte[]> pieces)
    {
        var pipe = new Pipe();
        var reading = ToList(new SseReader(pipe.Reader, TimeSpan.FromMinutes(1)));
        foreach (var piece in pieces)
            await pipe.Writer.WriteAsync(piece, TestContext.Current.CancellationToken);
        await pipe.Writer.CompleteAsync();
        return await reading;
    }

    private static async Task<List<(string, string)>> ToList(SseReader reader)
    {
        var events = new List<(string, string)>();
        await foreach (var read in reader.Read(TestContext.Current.CancellationToken))
            events.Add((read.Name, Encoding.UTF8.GetString(read.Data.Span)));
        return events;
    }
}
