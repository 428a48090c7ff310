using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Aios.Jobs.Yaml;

namespace Aios.Jobs.Formats;

/// <summary>A list of files with environment variables; one alone needs no list.</summary>
internal sealed class EnvFilesFormat : FieldFormat<ImmutableArray<string>>
{
    /// <inheritdoc/>
    public override string Kind => "path, or list of them";

    /// <inheritdoc/>
    public override string Expected => "the path of a file such as \"shop.env\", \"-local.env\" if it may be missing, or a list of them";

    /// <inheritdoc/>
    public override bool TryRead(YamlNode node, Reporter report, [MaybeNullWhen(false)] out ImmutableArray<string> value)
    {
        value = [];
        if (node is not (YamlScalar or YamlList))
            return report.Unexpected(node, Expected);

        var isWhole = true;
        ImmutableArray<YamlNode> items = node is YamlList list ? list.Items : [node];
        foreach (var item in items)
            isWhole &= (item is YamlScalar { IsNull: false } scalar && IsPath(scalar.Text)) || report.Unexpected(item, Expected);
        if (isWhole)
            value = [.. items.Select(item => ((YamlScalar)item).Text)];
        return isWhole;
    }

    /// <inheritdoc/>
    public override void WriteSchema(Utf8JsonWriter json)
    {
        json.WriteStartArray("type");
        json.WriteStringValue("string");
        json.WriteStringValue("array");
        json.WriteEndArray();
        json.WriteStartObject("items");
        json.WriteString("type", "string");
        json.WriteEndObject();
    }

    /// <inheritdoc/>
    public override void WriteValue(Utf8JsonWriter json, ImmutableArray<string> value)
    {
        json.WriteStartArray();
        foreach (var file in value)
            json.WriteStringValue(file);
        json.WriteEndArray();
    }

    private static bool IsPath(string text)
    {
        var path = text.AsSpan(text.StartsWith('-') ? 1 : 0);
        return !path.IsWhiteSpace() && path[0] is not ('~' or '$') && path.IndexOfAnyInRange('\0', '\u001f') < 0;
    }
}
