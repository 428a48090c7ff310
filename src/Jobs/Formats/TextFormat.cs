using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Aios.Jobs.Yaml;

namespace Aios.Jobs.Formats;

/// <summary>A text, taken as it is written. The formats that want a certain form of text derive from it.</summary>
internal class TextFormat : FieldFormat<string?>
{
    /// <inheritdoc/>
    public override string Kind => "string";

    /// <inheritdoc/>
    public override string Expected => "a text";

    /// <summary>What a text must match, as JSON Schema and so every language's regular expressions have it.</summary>
    protected virtual string? Pattern => null;

    /// <inheritdoc/>
    public override bool TryRead(YamlNode node, Reporter report, [MaybeNullWhen(false)] out string? value)
    {
        if (node is not YamlScalar scalar || !TryAccept(scalar.Text, out value))
            return Fail(node, report, out value);
        return true;
    }

    /// <inheritdoc/>
    public override void WriteSchema(Utf8JsonWriter json)
    {
        json.WriteString("type", "string");
        if (Pattern is not null)
            json.WriteString("pattern", Pattern);
    }

    /// <inheritdoc/>
    public override void WriteValue(Utf8JsonWriter json, string? value) => json.WriteStringValue(value);

    /// <summary>Whether the text has the right form; what is kept of it may differ in spelling only.</summary>
    protected virtual bool TryAccept(string text, [MaybeNullWhen(false)] out string accepted)
    {
        accepted = text;
        return true;
    }
}
