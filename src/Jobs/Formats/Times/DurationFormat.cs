using System.Text.Json;
using Aios.Jobs.Yaml;

namespace Aios.Jobs.Formats;

/// <summary>A length of time, both ends included.</summary>
internal sealed class DurationFormat(TimeSpan least, TimeSpan most) : FieldFormat<TimeSpan>
{
    /// <summary>Longer than nothing.</summary>
    public static readonly DurationFormat Positive = new(TimeSpan.FromTicks(1), Duration.Longest);

    /// <inheritdoc/>
    public override string Kind => "duration";

    /// <inheritdoc/>
    public override string Expected => $"a duration such as \"90s\", \"1h30m\" or \"2h\"{Bounds}";

    private bool IsPositive => least.Ticks == 1;

    private string Bounds =>
        (least.Ticks, most < Duration.Longest) switch
        {
            (0, false) => "",
            (0, true) => $", at most {Duration.Text(most)}",
            (1, _) => ", longer than nothing",
            _ => $", at least {Duration.Text(least)}",
        };

    /// <inheritdoc/>
    public override bool TryRead(YamlNode node, Reporter report, out TimeSpan value)
    {
        value = default;
        var isDuration = node is YamlScalar scalar && Duration.TryParse(scalar.Text, out value);
        return (isDuration && value >= least && value <= most) || Fail(node, report, out value);
    }

    /// <inheritdoc/>
    public override void WriteSchema(Utf8JsonWriter json)
    {
        json.WriteStartArray("anyOf");
        WriteSchemas(json);
        json.WriteEndArray();
    }

    /// <summary>Writes the schema of a number and that of a text, into an array that is open.</summary>
    public void WriteSchemas(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("type", "number");
        json.WriteNumber(IsPositive ? "exclusiveMinimum" : "minimum", IsPositive ? 0 : (decimal)least.Ticks / TimeSpan.TicksPerSecond);
        json.WriteNumber("maximum", (decimal)most.Ticks / TimeSpan.TicksPerSecond);
        json.WriteEndObject();
        json.WriteStartObject();
        json.WriteString("type", "string");
        json.WriteString("pattern", Duration.Pattern);
        json.WriteEndObject();
    }

    /// <inheritdoc/>
    public override void WriteValue(Utf8JsonWriter json, TimeSpan value) => json.WriteStringValue(Duration.Text(value));
}
