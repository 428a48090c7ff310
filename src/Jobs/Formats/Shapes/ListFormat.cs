using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Aios.Jobs.Yaml;

namespace Aios.Jobs.Formats;

/// <summary>A list of texts that each stand for a value. Each that does not is told.</summary>
/// <typeparam name="T">Its ToString is the text that the list would have.</typeparam>
internal abstract class ListFormat<T> : FieldFormat<ImmutableArray<T>>
    where T : class
{
    /// <summary>What one of them looks like, to follow "expected".</summary>
    protected abstract string ExpectedItem { get; }

    /// <summary>What JSON Schema asks of the text of one.</summary>
    protected abstract string ItemPattern { get; }

    /// <inheritdoc/>
    public override bool TryRead(YamlNode node, Reporter report, [MaybeNullWhen(false)] out ImmutableArray<T> value)
    {
        value = [];
        if (node is not YamlList list)
            return Fail(node, report, out value);

        var items = ImmutableArray.CreateBuilder<T>(list.Items.Length);
        foreach (var item in list.Items)
        {
            if (item is YamlScalar { IsNull: false } scalar && Parse(scalar.Text) is { } parsed)
                items.Add(parsed);
            else
                report.Unexpected(item, ExpectedItem);
        }

        if (items.Count < list.Items.Length)
            return false;
        value = items.MoveToImmutable();
        return true;
    }

    /// <inheritdoc/>
    public override void WriteSchema(Utf8JsonWriter json)
    {
        json.WriteString("type", "array");
        json.WriteStartObject("items");
        json.WriteString("type", "string");
        json.WriteString("pattern", ItemPattern);
        json.WriteEndObject();
    }

    /// <inheritdoc/>
    public override void WriteValue(Utf8JsonWriter json, ImmutableArray<T> value)
    {
        json.WriteStartArray();
        foreach (var item in value)
            json.WriteStringValue(item.ToString());
        json.WriteEndArray();
    }

    /// <summary>The value that a text stands for; null if it stands for none.</summary>
    protected abstract T? Parse(string text);
}
