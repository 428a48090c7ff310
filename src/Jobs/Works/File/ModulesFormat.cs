using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Aios.Jobs.Formats;
using Aios.Jobs.Yaml;

namespace Aios.Jobs.Works;

/// <summary>A list of Python modules, or one text with commas between them. The order is kept: it is that of the imports.</summary>
internal sealed class ModulesFormat : FieldFormat<ImmutableArray<string>>
{
    /// <inheritdoc/>
    public override string Kind => "list of modules";

    /// <inheritdoc/>
    public override string Expected => "a list of Python modules such as [numpy, xml.etree], or one text such as \"numpy, xml.etree\"";

    /// <inheritdoc/>
    public override bool TryRead(YamlNode node, Reporter report, [MaybeNullWhen(false)] out ImmutableArray<string> value)
    {
        value = [];
        switch (node)
        {
            case YamlScalar { IsNull: false } scalar:
                value = [.. scalar.Text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];
                return value.All(IsModule) || Fail(node, report, out value);
            case YamlList list:
                if (
                    !list
                        .Items.Select(item => IsModule(item) || report.Unexpected(item, "the name of a Python module such as numpy"))
                        .ToList()
                        .TrueForAll(fits => fits)
                )
                    return false;
                value = [.. list.Items.Select(item => ((YamlScalar)item).Text)];
                return true;
            default:
                return Fail(node, report, out value);
        }
    }

    /// <inheritdoc/>
    public override void WriteSchema(Utf8JsonWriter json)
    {
        json.WriteStartArray("anyOf");
        json.WriteStartObject();
        json.WriteString("type", "string");
        json.WriteEndObject();
        json.WriteStartObject();
        json.WriteString("type", "array");
        json.WriteStartObject("items");
        json.WriteString("type", "string");
        json.WriteString("pattern", "^[^\\s\\d.,():-][^\\s,():-]*$");
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    /// <inheritdoc/>
    public override void WriteValue(Utf8JsonWriter json, ImmutableArray<string> value)
    {
        json.WriteStartArray();
        foreach (var module in value)
            json.WriteStringValue(module);
        json.WriteEndArray();
    }

    private static bool IsModule(YamlNode node) => node is YamlScalar { IsNull: false } scalar && IsModule(scalar.Text);

    private static bool IsModule(string name) =>
        name.Split('.')
            .All(part => part.Length > 0 && !char.IsDigit(part[0]) && part.All(letter => char.IsLetterOrDigit(letter) || letter == '_'));
}
