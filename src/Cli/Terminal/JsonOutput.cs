using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Aios.Platform;

namespace Aios.Cli;

/// <summary>Prints JSON for programs.</summary>
internal static class JsonOutput
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes one value and ends the line.</summary>
    public static void Write(TextWriter writer, Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Options))
            write(json);
        writer.WriteLine(TextOf(buffer));
    }

    /// <summary>Says what was done, to people in words or to programs as an object with these members.</summary>
    public static void Tell(CliContext context, bool asJson, string? words, Action<Utf8JsonWriter> members)
    {
        if (asJson)
        {
            Write(context.Out, json =>
            {
                json.WriteStartObject();
                members(json);
                json.WriteEndObject();
            });
        }
        else if (words is not null)
        {
            context.Out.WriteLine(words);
        }
    }

    /// <summary>Writes one value as one line, for programs that read line by line.</summary>
    public static string Line(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Options with { Indented = false }))
            write(json);
        return TextOf(buffer);
    }

    private static string TextOf(MemoryStream json) => TerminalText.Json(Encoding.UTF8.GetString(json.GetBuffer(), 0, (int)json.Length));
}
