using System.Text;
using System.Text.Json;
using Aios.Platform;

namespace Aios.Running;

/// <summary>Positional arguments as strings of an argument vector.</summary>
internal static class ArgumentList
{
    /// <summary>Strings as they are, numbers and booleans as JSON text, null as an empty string, the rest as JSON.</summary>
    /// <param name="argsJson">A JSON array.</param>
    /// <param name="takesBytes">Whether the program can be given bytes that are not UTF-8, as file names may have them.</param>
    /// <exception cref="RunStartException">It is not a JSON array, or a string in it cannot be an argument.</exception>
    public static IEnumerable<string> Parse(string argsJson, bool takesBytes = true)
    {
        if (argsJson == "[]")
        {
            return [];
        }

        try
        {
            using var document = JsonDocument.Parse(argsJson, DeepJson.Options);
            if (document.RootElement.ValueKind != JsonValueKind.Array)
            {
                throw new RunStartException($"args must be a JSON array such as [\"a\", 1], not {Kind(document.RootElement)}");
            }

            return document.RootElement.EnumerateArray().Select((element, number) => Checked(Text(element), number, takesBytes)).ToArray();
        }
        catch (JsonException error)
        {
            throw new RunStartException($"args are not valid JSON: {JsonFault.Words(Encoding.UTF8.GetBytes(argsJson), error)}");
        }
        catch (InvalidOperationException)
        {
            throw new RunStartException("args are not valid JSON: a text in them is not Unicode");
        }
    }

    // Half of a surrogate pair is nothing that a program could be given, unless it stands for a byte of a file name.
    private static string Checked(string text, int number, bool takesBytes)
    {
        for (var at = RawJson.LoneSurrogate(text); at >= 0; )
        {
            if (!takesBytes || !RawJson.IsByte(text[at]))
            {
                throw new RunStartException(
                    $"args: text {number} holds half of a surrogate pair (\\u{(int)text[at]:x4}), which is no character; expected "
                        + $"Unicode{(takesBytes ? ", or \\udc80 to \\udcff for a byte of a file name" : "")}"
                );
            }

            var next = RawJson.LoneSurrogate(text.AsSpan(at + 1));
            at = next < 0 ? -1 : at + 1 + next;
        }

        return text;
    }

    private static string Text(JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.String => RawJson.Text(element),
            JsonValueKind.Null => "",
            _ => element.GetRawText(),
        };

    private static string Kind(JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.Object => "an object",
            JsonValueKind.String => "a string",
            JsonValueKind.Null => "null",
            _ => element.GetRawText(),
        };
}
