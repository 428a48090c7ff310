using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Aios.Jobs.Yaml;

namespace Aios.Jobs.Formats;

/// <summary>A list of tags, or one text with commas between them.</summary>
internal sealed class TagsFormat : FieldFormat<ImmutableSortedSet<string>>
{
    /// <inheritdoc/>
    public override string Kind => "list of tags";

    /// <inheritdoc/>
    public override string Expected => "a list of tags such as [gpu, linux], or one text such as \"gpu, linux\"";

    /// <inheritdoc/>
    public override bool TryRead(YamlNode node, Reporter report, [MaybeNullWhen(false)] out ImmutableSortedSet<string> value)
    {
        value = null;
        var tags = node switch
        {
            YamlScalar scalar => scalar.Text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
            YamlList list => ReadList(list, report),
            _ => null,
        };
        if (tags is null)
            return node is YamlMap && Fail(node, report, out value);

        value = tags.ToImmutableSortedSet(StringComparer.Ordinal);
        return true;
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
        json.WriteStartArray("type");
        json.WriteStringValue("string");
        json.WriteStringValue("number");
        json.WriteEndArray();
        json.WriteString("pattern", "^[^,]+$");
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    /// <inheritdoc/>
    public override void WriteValue(Utf8JsonWriter json, ImmutableSortedSet<string> value)
    {
        json.WriteStartArray();
        foreach (var tag in value)
            json.WriteStringValue(tag);
        json.WriteEndArray();
    }

    private static string[]? ReadList(YamlList list, Reporter report)
    {
        var isWhole = true;
        foreach (var item in list.Items)
        {
            var isTag =
                item is YamlScalar { IsNull: false } scalar && !string.IsNullOrWhiteSpace(scalar.Text) && !scalar.Text.Contains(',');
            isWhole &= isTag || report.Unexpected(item, "a tag such as gpu, without a comma");
        }

        return isWhole ? [.. list.Items.Select(item => ((YamlScalar)item).Text.Trim())] : null;
    }
}
