using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Aios.Api.Live;

/// <summary>How what happens is written for those who watch.</summary>
internal static class LiveFrames
{
    /// <summary>The event that tells of rows that are gone.</summary>
    public const string Dropped = "dropped";

    /// <summary>The event that tells that nothing more will come.</summary>
    public const string End = "end";

    /// <summary>The message that tells where a WebSocket's reader stands.</summary>
    public const string PositionKind = "position";

    /// <summary>What is said of rows that are gone.</summary>
    /// <param name="after">The number of the last row that the reader was sent.</param>
    /// <param name="position">What comes next has a larger number than this.</param>
    public static byte[] DroppedJson(long after, long position) =>
        Encoding.UTF8.GetBytes($$"""{"after":{{after}},"position":{{position}}}""");

    /// <summary>An event of an event stream (HTML, 9.2). JSON holds no line breaks, so one line takes it.</summary>
    /// <param name="id">What a reader that comes back says.</param>
    /// <param name="kind">Its name.</param>
    /// <param name="json">What it says.</param>
    public static byte[] EventStream(string id, string kind, ReadOnlySpan<byte> json) =>
        [.. Encoding.UTF8.GetBytes($"id: {id}\nevent: {kind}\ndata: "), .. json, .. "\n\n"u8];

    /// <summary>Tells an event stream's reader only where it stands; no program sees it. It also shows whether anybody is there.</summary>
    public static byte[] Position(long id) => Encoding.UTF8.GetBytes($": \nid: {id}\n\n");

    /// <summary>A message of a WebSocket: <c>{"event": KIND, "id": ID, "data": ...}</c>.</summary>
    public static byte[] Message(long? id, string kind, ReadOnlySpan<byte> json)
    {
        var buffer = new ArrayBufferWriter<byte>(json.Length + 64);
        using var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true });
        writer.WriteStartObject();
        writer.WriteString("event", kind);
        if (id is { } number)
            writer.WriteNumber("id", number);
        writer.WritePropertyName("data");
        writer.WriteRawValue(json, skipInputValidation: true);
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }
}
