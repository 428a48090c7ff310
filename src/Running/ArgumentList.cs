using System.Text;
using System.Text.Json;
using Aios.Platform;

namespace Aios.Running;

/// <summary>Positional arguments as strings of an argument vector.</summary>
internal static class ArgumentList
{
    /// <summary>Strings as they are, numbers and booleans as JSON text, null as an empty string, the rest as JSON.</summary>
    /// <exception cref="StartFailure">It is not a JSON array, or a string in it is no text.</exception>
    public static IEnumerable<string> Parse(string argsJson)
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
                throw new StartFailure($"args must be a JSON array such as [\"a\", 1], not {Kind(document.RootElement)}");
            }

            return document.RootElement.EnumerateArray().Select(Text).ToArray();
        }
        catch (JsonException e)
        {
            throw new StartFailure($"args are not valid JSON: {JsonFault.Words(Encoding.UTF8.GetBytes(argsJson), e)}");
        }
        catch (InvalidOperationException)
        {
            throw new StartFailure("args are not valid JSON: a text in them is not Unicode");
        }
    }

    private static string Text(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString()!,
        JsonValueKind.Null => "",
        _ => element.GetRawText(),
    };

    private static string Kind(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.String => "a string",
        JsonValueKind.Null => "null",
        _ => element.GetRawText(),
    };
}
