using System.Globalization;
using System.Text.Json;

namespace Aios.Jobs.Yaml;

/// <summary>Writes a node as JSON, keeping types: 5 is a number and "5" a string, as YAML's core schema has it.</summary>
internal static class YamlJson
{
    /// <summary>The JSON text, or null if something in the node has no JSON; <paramref name="report"/> has been told what.</summary>
    public static string? Text(YamlNode node, Reporter report)
    {
        var isWhole = false;
        var text = JsonText.Write(json => isWhole = Write(json, node, report));
        return isWhole ? text : null;
    }

    /// <summary>Writes it. False if something had no JSON; null stands in its place then.</summary>
    public static bool Write(Utf8JsonWriter json, YamlNode node, Reporter report) =>
        node switch
        {
            YamlList list => WriteList(json, list, report),
            YamlMap map => WriteMap(json, map, report),
            _ => WriteScalar(json, (YamlScalar)node, report),
        };

    private static bool WriteList(Utf8JsonWriter json, YamlList list, Reporter report)
    {
        var isWhole = true;
        json.WriteStartArray();
        foreach (var item in list.Items)
            isWhole &= Write(json, item, report);
        json.WriteEndArray();
        return isWhole;
    }

    private static bool WriteMap(Utf8JsonWriter json, YamlMap map, Reporter report)
    {
        var isWhole = report.Once(map);
        json.WriteStartObject();
        foreach (var entry in map.Entries)
        {
            json.WritePropertyName(entry.Name);
            isWhole &= Write(json, entry.Value, report);
        }

        json.WriteEndObject();
        return isWhole;
    }

    private static bool WriteScalar(Utf8JsonWriter json, YamlScalar scalar, Reporter report)
    {
        if (!scalar.IsPlain)
        {
            json.WriteStringValue(scalar.Text);
            return true;
        }

        if (scalar.IsNull)
        {
            json.WriteNullValue();
            return true;
        }

        if (CoreSchema.Boolean(scalar.Text) is { } boolean)
        {
            json.WriteBooleanValue(boolean);
            return true;
        }

        return WriteNumberOrText(json, scalar, report);
    }

    private static bool WriteNumberOrText(Utf8JsonWriter json, YamlScalar scalar, Reporter report)
    {
        var number = CoreSchema.Number(scalar.Text);
        if (CoreSchema.IsNotFinite(scalar.Text) || (number is not null && !IsFinite(number)))
        {
            report.Unexpected(scalar, "a number that JSON can hold; put it in quotes to pass it as text");
            json.WriteNullValue();
            return false;
        }

        if (number is null)
            json.WriteStringValue(scalar.Text);
        else
            json.WriteRawValue(number, skipInputValidation: true);
        return true;
    }

    private static bool IsFinite(string number) => double.IsFinite(double.Parse(number, NumberStyles.Float, CultureInfo.InvariantCulture));
}
