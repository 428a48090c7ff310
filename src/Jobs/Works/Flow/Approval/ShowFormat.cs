using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Aios.Expressions;
using Aios.Jobs.Formats;
using Aios.Jobs.Yaml;

namespace Aios.Jobs.Works;

/// <summary>A map of names and values, or a list of references, each of which is its own name.</summary>
internal sealed class ShowFormat : FieldFormat<string?>
{
    /// <inheritdoc/>
    public override string Kind => "map of any values, or list of references";

    /// <inheritdoc/>
    public override string Expected => "a map such as {total: \"${steps.check.result.total}\"}, or a list such as [steps.check.result]";

    /// <inheritdoc/>
    public override bool TryRead(YamlNode node, Reporter report, [MaybeNullWhen(false)] out string? value)
    {
        value = null;
        if (node is YamlMap)
            value = YamlJson.Text(node, report);
        else if (node is YamlList list && list.Items.All(item => item is YamlScalar { IsNull: false }))
            value = JsonText.Write(json => WriteNamed(json, list));
        else
            return Fail(node, report, out value);
        return value is not null;
    }

    /// <inheritdoc/>
    public override void WriteSchema(Utf8JsonWriter json)
    {
        json.WriteStartArray("type");
        json.WriteStringValue("object");
        json.WriteStringValue("array");
        json.WriteEndArray();
    }

    /// <inheritdoc/>
    public override void WriteValue(Utf8JsonWriter json, string? value)
    {
        if (value is null)
            json.WriteNullValue();
        else
            json.WriteRawValue(value, skipInputValidation: true);
    }

    private static void WriteNamed(Utf8JsonWriter json, YamlList list)
    {
        json.WriteStartObject();
        foreach (var text in list.Items.Cast<YamlScalar>().Select(item => item.Text).Distinct(StringComparer.Ordinal))
        {
            var isTemplate = StepReferences.MayBeIn(text);
            json.WriteString(isTemplate && text.EndsWith('}') ? text[2..^1].Trim() : text, isTemplate ? text : $"${{{text}}}");
        }

        json.WriteEndObject();
    }
}
