using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Aios.Jobs.Yaml;

namespace Aios.Jobs.Formats;

/// <summary>A program and its arguments, one by one, as no shell takes them apart.</summary>
internal sealed class ArgumentVectorFormat : FieldFormat<ImmutableArray<string>>
{
    /// <inheritdoc/>
    public override string Kind => "list of strings";

    /// <inheritdoc/>
    public override string Expected => "a list of a program and its arguments such as [\"curl\", \"-sS\", \"https://example.org\"]";

    /// <inheritdoc/>
    public override bool TryRead(YamlNode node, Reporter report, [MaybeNullWhen(false)] out ImmutableArray<string> value)
    {
        value = [];
        if (node is YamlScalar line && !string.IsNullOrWhiteSpace(line.Text))
            return report.Unexpected(node, CommandLine.Instead(line.Text));
        if (node is not YamlList { Items.IsEmpty: false } list)
            return report.Unexpected(node, Expected);

        var isWhole = true;
        foreach (var item in list.Items)
        {
            isWhole &=
                (item is YamlScalar { IsNull: false } scalar && !scalar.Text.Contains('\0'))
                || report.Unexpected(item, "a text or a number (write \"\" for an empty argument, \"~\" for a tilde)");
        }

        if (!isWhole)
            return false;
        value = [.. list.Items.Select(item => ((YamlScalar)item).Text)];
        return value[0].Length > 0 || report.Unexpected(list.Items[0], "the program to start");
    }

    /// <inheritdoc/>
    public override void WriteSchema(Utf8JsonWriter json)
    {
        json.WriteString("type", "array");
        json.WriteNumber("minItems", 1);
        json.WriteStartObject("items");
        json.WriteStartArray("type");
        json.WriteStringValue("string");
        json.WriteStringValue("number");
        json.WriteStringValue("boolean");
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <inheritdoc/>
    public override void WriteValue(Utf8JsonWriter json, ImmutableArray<string> value)
    {
        json.WriteStartArray();
        foreach (var argument in value)
            json.WriteStringValue(argument);
        json.WriteEndArray();
    }
}
