using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text;

namespace Aios.Models.Wire;

/// <summary>
/// Reads server-sent events from bytes, however they are cut. Source of the format: the HTML standard, "Server-sent events".
/// </summary>
/// <param name="input">The bytes.</param>
/// <param name="patience">How long may pass between two pieces.</param>
internal sealed class SseReader(PipeReader input, TimeSpan patience)
{
    /// <summary>The most that one event may hold, bytes.</summary>
    public const int LongestEvent = 16 * 1024 * 1024;

    /// <summary>One event after another until the bytes end.</summary>
    /// <exception cref="TimeoutException">Nothing came for too long.</exception>
    /// <exception cref="InvalidDataException">An event is too long.</exception>
    public async IAsyncEnumerable<ServerEvent> Read([EnumeratorCancellation] CancellationToken cancellation)
    {
        var name = "";
        var data = new ArrayBufferWriter<byte>();
        var hasData = false;
        while (true)
        {
            var result = await Next(cancellation).ConfigureAwait(false);
            var buffer = result.Buffer;
            while (TryTakeLine(ref buffer, out var line))
            {
                if (line.Length > 0)
                {
                    hasData |= Take(line, ref name, data, hasData);
                    continue;
                }

                if (hasData)
                    yield return new ServerEvent(name, data.WrittenMemory.ToArray());
                (name, hasData) = ("", false);
                data.ResetWrittenCount();
            }

            if (buffer.Length > LongestEvent || data.WrittenCount > LongestEvent)
                throw new InvalidDataException($"an event is longer than {LongestEvent} bytes");
            input.AdvanceTo(buffer.Start, buffer.End);
            if (result.IsCompleted)
                yield break;
        }
    }

    private async Task<ReadResult> Next(CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(patience);
        try
        {
            return await input.ReadAsync(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new TimeoutException($"nothing came for {patience.TotalSeconds:0.#} s");
        }
    }

    private static bool TryTakeLine(ref ReadOnlySequence<byte> buffer, out ReadOnlySequence<byte> line)
    {
        line = default;
        if (buffer.PositionOf((byte)'\n') is not { } end)
            return false;
        line = buffer.Slice(0, end);
        buffer = buffer.Slice(buffer.GetPosition(1, end));
        if (line.Length > 0 && line.Slice(line.Length - 1).FirstSpan[0] == '\r')
            line = line.Slice(0, line.Length - 1);
        return true;
    }

    // The answer is whether the line holds data.
    private static bool Take(ReadOnlySequence<byte> line, ref string name, ArrayBufferWriter<byte> data, bool hasData)
    {
        var bytes = line.IsSingleSegment ? line.FirstSpan : line.ToArray();
        var colon = bytes.IndexOf((byte)':');
        var field = colon < 0 ? bytes : bytes[..colon];
        var value = colon < 0 ? [] : bytes[(colon + 1)..];
        if (value.Length > 0 && value[0] == ' ')
            value = value[1..];
        if (field.SequenceEqual("event"u8))
            name = Encoding.UTF8.GetString(value);
        if (!field.SequenceEqual("data"u8))
            return false;
        if (hasData)
            data.Write("\n"u8);
        data.Write(value);
        return true;
    }
}
