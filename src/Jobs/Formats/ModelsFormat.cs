using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Aios.Jobs.Yaml;

namespace Aios.Jobs.Formats;

/// <summary>Whether programs may call language models: true, false, or the names of the routes and models they may call.</summary>
internal sealed class ModelsFormat : FieldFormat<ModelAccess>
{
    private const string One = "the name of a route or a model of models.yaml";
    private static readonly BooleanFormat Flag = new();

    /// <inheritdoc/>
    public override string Kind => "boolean or list of names";

    /// <inheritdoc/>
    public override string Expected => "true, false, or a list of routes such as [default]";

    /// <inheritdoc/>
    public override bool TryRead(YamlNode node, Reporter report, [MaybeNullWhen(false)] out ModelAccess value)
    {
        if (node is YamlList list)
            return TryReadNames(list, report, out value);
        if (node is not YamlScalar { Text.Length: > 0 } || !Flag.TryRead(node, report with { Problems = new ProblemList() }, out var all))
            return Fail(node, report, out value);
        value = all ? ModelAccess.All : ModelAccess.None;
        return true;
    }

    /// <inheritdoc/>
    public override void WriteSchema(Utf8JsonWriter json)
    {
        json.WriteStartArray("anyOf");
        json.WriteStartObject();
        Flag.WriteSchema(json);
        json.WriteEndObject();
        json.WriteStartObject();
        json.WriteString("type", "array");
        json.WriteNumber("minItems", 1);
        json.WriteStartObject("items");
        json.WriteString("type", "string");
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    /// <inheritdoc/>
    public override void WriteValue(Utf8JsonWriter json, ModelAccess value)
    {
        if (value.Names.IsEmpty)
        {
            json.WriteBooleanValue(value.IsAllowed);
            return;
        }

        json.WriteStartArray();
        foreach (var name in value.Names)
            json.WriteStringValue(name);
        json.WriteEndArray();
    }

    private bool TryReadNames(YamlList list, Reporter report, [MaybeNullWhen(false)] out ModelAccess value)
    {
        value = null;
        if (list.Items.IsEmpty)
            return Fail(list, report, out value);
        var isWhole = true;
        foreach (var item in list.Items)
            isWhole &= item is YamlScalar { IsNull: false, Text.Length: > 0 } || report.Unexpected(item, One);
        if (isWhole)
            value = new ModelAccess(true, [.. list.Items.Select(item => ((YamlScalar)item).Text)]);
        return isWhole;
    }
}
