using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Aios.Models.Wire;

/// <summary>Writes server-sent events.</summary>
internal static class SseWriter
{
    /// <summary>An event whose data is JSON.</summary>
    /// <param name="output">Takes it.</param>
    /// <param name="name">Its name; empty for none.</param>
    /// <param name="write">Writes the data.</param>
    public static void Write(IBufferWriter<byte> output, string name, Action<Utf8JsonWriter> write)
    {
        Begin(output, name);
        using (var json = new Utf8JsonWriter(output, Json.Options))
            write(json);
        output.Write("\n\n"u8);
    }

    /// <summary>An event as it came, a line of data for each line that it holds.</summary>
    public static void Write(IBufferWriter<byte> output, ServerEvent read)
    {
        Begin(output, read.Name);
        var rest = read.Data.Span;
        for (var end = rest.IndexOf((byte)'\n'); end >= 0; end = rest.IndexOf((byte)'\n'))
        {
            output.Write(rest[..end]);
            output.Write("\ndata: "u8);
            rest = rest[(end + 1)..];
        }

        output.Write(rest);
        output.Write("\n\n"u8);
    }

    private static void Begin(IBufferWriter<byte> output, string name)
    {
        if (name.Length > 0)
            output.Write(Encoding.UTF8.GetBytes($"event: {name}\n"));
        output.Write("data: "u8);
    }
}
