using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Aios.Store;

namespace Aios.Api.Live;

/// <summary>A table whose numbers only rise, in the order of commits, so that whoever has seen a row has seen all before it.</summary>
internal abstract class LiveSource
{
    private const int BytesAtOnce = 64 * 1024;

    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    /// <summary>The numbers of the oldest row that is kept and of the newest there ever was.</summary>
    public abstract (long Oldest, long Newest) Bounds(IStoreReader reader);

    /// <summary>The rows after a number that the filter lets through, some at a time.</summary>
    public abstract LivePage After(IStoreReader reader, LiveFilter filter, long after);

    /// <summary>As many of the rows as a reader that takes long should hold.</summary>
    /// <param name="rows">Oldest first.</param>
    /// <param name="position">How far that is if it is all of them.</param>
    protected static LivePage Cut(IEnumerable<LiveRow> rows, long position)
    {
        var kept = new List<LiveRow>();
        var bytes = 0;
        foreach (var row in rows)
        {
            kept.Add(row);
            bytes += row.Json.Length;
            if (bytes >= BytesAtOnce)
                return new LivePage(kept, row.Id);
        }

        return new LivePage(kept, position);
    }

    /// <summary>A value as JSON.</summary>
    protected static ReadOnlyMemory<byte> Json<T>(T value, Action<Utf8JsonWriter, T> write)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer, Options))
            write(json, value);
        return buffer.WrittenMemory;
    }
}
