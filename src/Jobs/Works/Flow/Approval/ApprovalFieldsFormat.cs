using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Aios.Jobs.Formats;
using Aios.Jobs.Yaml;

namespace Aios.Jobs.Works;

/// <summary>The values that a decision brings: each a name, and its type, a list of choices, or a map with more.</summary>
internal sealed class ApprovalFieldsFormat : FieldFormat<ImmutableArray<ApprovalField>>
{
    private const int Most = 50;
    private static readonly string[] Keys = ["type", "choices", "label", "default"];

    private static readonly ChoiceFormat<ApprovalFieldType> Types = new(
        ("text", ApprovalFieldType.Text),
        ("number", ApprovalFieldType.Number),
        ("choice", ApprovalFieldType.Choice),
        ("boolean", ApprovalFieldType.Boolean)
    );

    /// <inheritdoc/>
    public override string Kind => "map of names and types";

    /// <inheritdoc/>
    public override string Expected =>
        "a map of names and types (text, number, boolean, or a list of choices) such as {amount: number, city: [Berlin, Bonn]}";

    /// <inheritdoc/>
    public override bool TryRead(YamlNode node, Reporter report, [MaybeNullWhen(false)] out ImmutableArray<ApprovalField> value)
    {
        value = [];
        if (node is not YamlMap { Entries: { Length: > 0 and <= Most } entries } map)
            return Fail(node, report, out value);
        if (!report.Once(map))
            return false;
        var fields = ImmutableArray.CreateBuilder<ApprovalField>(entries.Length);
        foreach (var entry in entries)
        {
            if (Read(entry, report.ForField($"{report.Field}.{entry.Name}")) is { } field)
                fields.Add(field);
        }

        if (fields.Count < entries.Length)
            return false;
        value = fields.MoveToImmutable();
        return true;
    }

    /// <inheritdoc/>
    public override void WriteSchema(Utf8JsonWriter json)
    {
        json.WriteString("type", "object");
        json.WriteStartObject("additionalProperties");
        json.WriteStartArray("type");
        json.WriteStringValue("string");
        json.WriteStringValue("array");
        json.WriteStringValue("object");
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <inheritdoc/>
    public override void WriteValue(Utf8JsonWriter json, ImmutableArray<ApprovalField> value)
    {
        json.WriteStartObject();
        foreach (var field in value)
        {
            json.WritePropertyName(field.Name);
            Write(json, field);
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ApprovalField field)
    {
        json.WriteStartObject();
        json.WritePropertyName("type");
        Types.WriteValue(json, field.Type);
        if (field.Choices.Length > 0)
        {
            json.WriteStartArray("choices");
            foreach (var choice in field.Choices)
                json.WriteStringValue(choice);
            json.WriteEndArray();
        }

        if (field.Label is not null)
            json.WriteString("label", field.Label);
        if (field.DefaultJson is not null)
        {
            json.WritePropertyName("default");
            json.WriteRawValue(field.DefaultJson, skipInputValidation: true);
        }

        json.WriteEndObject();
    }

    private static ApprovalField? Read(YamlEntry entry, Reporter report)
    {
        if (entry.Value is YamlList list)
            return Choices(list, report) is { } choices
                ? new ApprovalField(entry.Name, ApprovalFieldType.Choice) { Choices = choices }
                : null;
        if (entry.Value is YamlMap map)
            return ReadMap(entry.Name, map, report);
        if (!Types.TryRead(entry.Value, report, out var type))
            return null;
        return type == ApprovalFieldType.Choice ? TellNoChoices(entry.Value, report) : new ApprovalField(entry.Name, type);
    }

    private static ApprovalField? ReadMap(string name, YamlMap map, Reporter report)
    {
        if (!report.Once(map) || !AreKnown(map, report))
            return null;
        var choices = map.Find("choices") is { } given ? Choices(given.Value, report) : [];
        var type = choices is { Length: > 0 } ? ApprovalFieldType.Choice : ApprovalFieldType.Text;
        if (choices is null || (map.Find("type") is { } typed && !Types.TryRead(typed.Value, report, out type)))
            return null;
        if (type == ApprovalFieldType.Choice && choices.Value.IsEmpty)
            return TellNoChoices(map, report);
        var field = new ApprovalField(name, type) { Choices = choices.Value, Label = (map.Find("label")?.Value as YamlScalar)?.Text };
        if (map.Find("default") is not { Value.IsNull: false } standard)
            return field;
        field = field with { DefaultJson = YamlJson.Text(standard.Value, report) };
        return IsFit(field, standard.Value) ? field : TellDefault(field, standard.Value, report);
    }

    private static bool IsFit(ApprovalField field, YamlNode value) =>
        field.Type switch
        {
            ApprovalFieldType.Number => field.DefaultJson is ['-' or (>= '0' and <= '9'), ..],
            ApprovalFieldType.Boolean => field.DefaultJson is "true" or "false",
            ApprovalFieldType.Choice => value is YamlScalar choice && field.Choices.Contains(choice.Text),
            _ => field.DefaultJson is ['"', ..],
        };

    private static ApprovalField? TellDefault(ApprovalField field, YamlNode value, Reporter report)
    {
        report.Unexpected(
            value,
            field.Type switch
            {
                ApprovalFieldType.Number => "a number, as the type of the field is",
                ApprovalFieldType.Boolean => "true or false, as the type of the field is",
                ApprovalFieldType.Choice => $"one of its choices: {string.Join(", ", field.Choices)}",
                _ => "a text, as the type of the field is; put it in quotes",
            }
        );
        return null;
    }

    private static bool AreKnown(YamlMap map, Reporter report)
    {
        var areKnown = true;
        foreach (var entry in map.Entries.Where(entry => !Keys.Contains(entry.Name)))
            areKnown = report.Error(
                entry.Key,
                $"unknown name {YamlScalar.Quoted(entry.Name)}",
                entry.Key.Found,
                report.Nearest(entry.Name, Keys)
            );
        return areKnown;
    }

    private static ImmutableArray<string>? Choices(YamlNode node, Reporter report)
    {
        if (node is YamlList { Items: { Length: > 0 } items } && items.All(item => item is YamlScalar { IsNull: false }))
            return [.. items.Cast<YamlScalar>().Select(item => item.Text)];
        report.Unexpected(node, "a list of choices such as [Berlin, Bonn]");
        return null;
    }

    private static ApprovalField? TellNoChoices(YamlNode node, Reporter report)
    {
        report.Unexpected(node, "a list of choices such as [Berlin, Bonn] in place of \"choice\"");
        return null;
    }
}
