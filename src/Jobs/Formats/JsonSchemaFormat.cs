using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Aios.Jobs.Yaml;

namespace Aios.Jobs.Formats;

/// <summary>A JSON Schema.</summary>
internal sealed class JsonSchemaFormat : FieldFormat<string?>
{
    /// <inheritdoc/>
    public override string Kind => "JSON Schema";

    /// <inheritdoc/>
    public override string Expected => "a JSON Schema such as {type: object, properties: {total: {type: number}}, required: [total]}";

    /// <inheritdoc/>
    public override bool TryRead(YamlNode node, Reporter report, [MaybeNullWhen(false)] out string? value)
    {
        if (node is not YamlMap { Entries.IsEmpty: false })
            return Fail(node, report, out value);
        value = YamlJson.Text(node, report);
        return value is not null;
    }

    /// <inheritdoc/>
    public override void WriteSchema(Utf8JsonWriter json) => json.WriteString("type", "object");

    /// <inheritdoc/>
    public override void WriteValue(Utf8JsonWriter json, string? value)
    {
        if (value is null)
            json.WriteNullValue();
        else
            json.WriteRawValue(value, skipInputValidation: true);
    }
}
