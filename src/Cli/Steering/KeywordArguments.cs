using System.Text.Json;
using Aios.Jobs;
using Aios.Platform;

namespace Aios.Cli;

/// <summary>Arguments of a trigger as they are typed.</summary>
internal static class KeywordArguments
{
    /// <summary>A JSON array; an empty one where nothing is given.</summary>
    public static string CheckArray(string? json)
    {
        if (json is null)
            return "[]";
        using var document = Parse("--args", json, JsonValueKind.Array, "an array such as '[\"a\", 1]'");
        return json;
    }

    /// <summary>An object with the pairs laid over it.</summary>
    public static string Merge(string? json, IReadOnlyList<string> pairs)
    {
        if (json is null && pairs.Count == 0)
            return "{}";
        using var document = Parse("--kwargs", json ?? "{}", JsonValueKind.Object, "an object such as '{\"key\": \"value\"}'");
        var laidOver = pairs
            .Select(Split)
            .GroupBy(pair => pair.Key)
            .Select(group => $"{JsonText.Write(writer => writer.WriteStringValue(group.Key))}:{ToJson(group.Last().Value)}");
        return RawJson.LayOver(RawJson.Compact(json ?? "{}"), $"{{{string.Join(',', laidOver)}}}");
    }

    private static (string Key, string Value) Split(string pair)
    {
        var equals = pair.IndexOf('=', StringComparison.Ordinal);
        if (equals > 0)
            return (pair[..equals], pair[(equals + 1)..]);
        throw new CommandLineException($"\"{pair}\": expected key=value, such as prompt=\"Good morning\".");
    }

    /// <summary>A value as it is typed: what is JSON is taken as JSON, everything else as text.</summary>
    public static string ToJson(string text) => IsJson(text) ? text : JsonText.Write(writer => writer.WriteStringValue(text));

    /// <summary>Whether it is one JSON value.</summary>
    public static bool IsJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, DeepJson.Options);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static JsonDocument Parse(string option, string json, JsonValueKind expected, string example)
    {
        try
        {
            var document = JsonDocument.Parse(json, DeepJson.Options);
            if (document.RootElement.ValueKind == expected)
                return document;
        }
        catch (JsonException) when (JsonNesting.IsTooDeep(json))
        {
            throw new CommandLineException($"{option}: nested deeper than {DeepJson.MaxDepth} levels, expected {example}.");
        }
        catch (JsonException)
        {
            // Told below.
        }

        throw new CommandLineException($"{option}: found {json}, expected {example}.");
    }
}
