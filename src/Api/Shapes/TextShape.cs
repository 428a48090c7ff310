using System.Collections.Immutable;
using System.Text.Json;
using Aios.Platform;

namespace Aios.Api.Shapes;

/// <summary>A text; lengths in characters.</summary>
internal record TextShape : Shape
{
    /// <summary>At least so long.</summary>
    public int Shortest { get; init; }

    /// <summary>At most so long.</summary>
    public int? Longest { get; init; }

    /// <summary>One of these; empty for any.</summary>
    public ImmutableArray<string> Choices { get; init; } = [];

    /// <summary>Such as this; null where any will do.</summary>
    public string? Example { get; init; }

    /// <inheritdoc />
    public override string? DefectOf(string text)
    {
        if (!Choices.IsEmpty && !Choices.Contains(text))
            return $"found \"{Shorten(text)}\", expected one of {string.Join(", ", Choices)}";
        if (text.Length < Shortest)
            return Shortest == 1
                ? "found an empty text, expected something"
                : $"found {text.Length} characters, expected at least {Shortest}";
        return text.Length > Longest ? $"found {text.Length} characters, expected at most {Longest}" : null;
    }

    protected override void WriteMembers(Utf8JsonWriter json)
    {
        WriteType(json, "string");
        if (Shortest > 0)
            json.WriteNumber("minLength", Shortest);
        if (Longest is { } longest)
            json.WriteNumber("maxLength", longest);
        WriteExample(json);
        if (Choices.IsEmpty)
            return;
        json.WriteStartArray("enum");
        foreach (var choice in Choices)
            json.WriteStringValue(choice);
        if (OrNull)
            json.WriteNullValue();
        json.WriteEndArray();
    }

    private void WriteExample(Utf8JsonWriter json)
    {
        if (Example is null)
            return;
        json.WriteStartArray("examples");
        json.WriteStringValue(Example);
        json.WriteEndArray();
    }

    protected override void CheckValue(JsonElement value, string at, Defects defects)
    {
        if (value.ValueKind != JsonValueKind.String)
            defects.Add(at, $"found {Found(value)}, expected a text");
        else if (RawJson.Text(value) is var text && RawJson.LoneSurrogate(text) is var half and >= 0)
            defects.Add(at, $"found half of a surrogate pair (\\u{(int)text[half]:x4}), expected Unicode");
        else if (DefectOf(text) is { } defect)
            defects.Add(at, defect);
    }

    protected static string Shorten(string text) => text.Length <= 60 ? text : $"{text[..60]}…";
}
