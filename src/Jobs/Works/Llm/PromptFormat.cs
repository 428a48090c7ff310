using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Aios.Jobs.Formats;
using Aios.Jobs.Yaml;

namespace Aios.Jobs.Works;

/// <summary>A text for a language model. What a reference brings that is no text is written as JSON.</summary>
internal sealed class PromptFormat(bool mayHoldFields) : FieldFormat<string?>
{
    /// <inheritdoc/>
    public override string Kind => mayHoldFields ? "string, or map with `prompt` and the fields below" : "string";

    /// <inheritdoc/>
    public override string Expected => "a text such as \"Summarize in three sentences: ${kwargs.text}\"";

    /// <inheritdoc/>
    public override bool TryRead(YamlNode node, Reporter report, [MaybeNullWhen(false)] out string? value)
    {
        value = node is YamlScalar scalar ? scalar.Text : YamlJson.Text(node, report);
        return !string.IsNullOrWhiteSpace(value) || Fail(node, report, out value);
    }

    /// <inheritdoc/>
    public override void WriteSchema(Utf8JsonWriter json)
    {
        if (mayHoldFields)
        {
            json.WriteStartArray("type");
            json.WriteStringValue("string");
            json.WriteStringValue("object");
            json.WriteEndArray();
        }
        else
        {
            json.WriteString("type", "string");
        }
    }

    /// <inheritdoc/>
    public override void WriteValue(Utf8JsonWriter json, string? value) => json.WriteStringValue(value);
}
