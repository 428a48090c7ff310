using System.Globalization;
using System.Text.Json;
using Aios.Jobs.Yaml;

namespace Aios.Jobs.Formats;

/// <summary>A time on the wall, from 00:00 to 23:59:59.</summary>
internal sealed class TimeOfDayFormat : FieldFormat<TimeOnly>
{
    private static readonly string[] Forms = ["H:mm", "HH:mm", "H:mm:ss", "HH:mm:ss"];

    /// <inheritdoc/>
    public override string Kind => "time of day";

    /// <inheritdoc/>
    public override string Expected => "a time of day such as \"09:00\"";

    /// <inheritdoc/>
    public override bool TryRead(YamlNode node, Reporter report, out TimeOnly value)
    {
        value = default;
        return (
                node is YamlScalar scalar
                && TimeOnly.TryParseExact(scalar.Text, Forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out value)
            ) || Fail(node, report, out value);
    }

    /// <inheritdoc/>
    public override void WriteSchema(Utf8JsonWriter json)
    {
        json.WriteString("type", "string");
        json.WriteString("pattern", "^([01]?[0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?$");
    }

    /// <inheritdoc/>
    public override void WriteValue(Utf8JsonWriter json, TimeOnly value) =>
        json.WriteStringValue(value.ToString(value.Second == 0 ? "HH:mm" : "HH:mm:ss", CultureInfo.InvariantCulture));
}
