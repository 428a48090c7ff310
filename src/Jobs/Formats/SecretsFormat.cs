using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Aios.Jobs.Yaml;

namespace Aios.Jobs.Formats;

/// <summary>A list of where secrets are; one alone needs no list.</summary>
internal sealed class SecretsFormat : FieldFormat<ImmutableArray<string>>
{
    private const string One = "the name of an environment variable such as API_KEY, or a file such as file:secrets/key";

    /// <inheritdoc/>
    public override string Kind => "list of names";

    /// <inheritdoc/>
    public override string Expected => "a list of environment variables and files such as [API_KEY, \"file:secrets/key\"]";

    /// <inheritdoc/>
    public override bool TryRead(YamlNode node, Reporter report, [MaybeNullWhen(false)] out ImmutableArray<string> value)
    {
        value = [];
        ImmutableArray<YamlNode> items = node switch
        {
            YamlList list => list.Items,
            YamlScalar => [node],
            _ => [],
        };
        if (items.IsEmpty && node is not YamlList)
            return report.Unexpected(node, Expected);

        var isWhole = true;
        foreach (var item in items)
            isWhole &= (item is YamlScalar { IsNull: false } scalar && IsSource(scalar.Text)) || report.Unexpected(item, One);
        if (isWhole)
            value = [.. items.Select(item => ((YamlScalar)item).Text)];
        return isWhole;
    }

    /// <inheritdoc/>
    public override void WriteSchema(Utf8JsonWriter json)
    {
        json.WriteStartArray("anyOf");
        json.WriteStartObject();
        WriteItem(json);
        json.WriteEndObject();
        json.WriteStartObject();
        json.WriteString("type", "array");
        json.WriteStartObject("items");
        WriteItem(json);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    /// <inheritdoc/>
    public override void WriteValue(Utf8JsonWriter json, ImmutableArray<string> value)
    {
        json.WriteStartArray();
        foreach (var source in value)
            json.WriteStringValue(source);
        json.WriteEndArray();
    }

    private static void WriteItem(Utf8JsonWriter json)
    {
        json.WriteString("type", "string");
        json.WriteString("pattern", "^(file:.+|[^=]+)$");
    }

    private static bool IsSource(string text) =>
        SecretSource.FileOf(text) is { } path
            ? !string.IsNullOrWhiteSpace(path) && !path.Contains('\0')
            : !string.IsNullOrWhiteSpace(text) && !text.AsSpan().ContainsAny('=', '\0');
}
