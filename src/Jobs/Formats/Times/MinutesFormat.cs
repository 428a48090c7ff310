using System.Globalization;
using System.Text.Json;
using Aios.Jobs.Yaml;

namespace Aios.Jobs.Formats;

/// <summary>A length of time as a number of minutes, fractions allowed.</summary>
internal sealed class MinutesFormat(TimeSpan least) : FieldFormat<TimeSpan>
{
    private static readonly decimal Most = (decimal)Duration.Longest.TotalMinutes;

    /// <inheritdoc/>
    public override string Kind => "number of minutes";

    /// <inheritdoc/>
    public override string Expected => $"a number of minutes above 0 such as 5 or 0.5 (at least {Duration.Text(least)})";

    /// <inheritdoc/>
    public override bool TryRead(YamlNode node, Reporter report, out TimeSpan value)
    {
        value = default;
        if (node is not YamlScalar scalar || !TryNumber(scalar.Text, out var minutes) || minutes > Most)
            return Fail(node, report, out value);

        value = TimeSpan.FromTicks((long)(minutes * TimeSpan.TicksPerMinute));
        return value >= least || Fail(node, report, out value);
    }

    /// <inheritdoc/>
    public override void WriteSchema(Utf8JsonWriter json)
    {
        json.WriteString("type", "number");
        json.WriteNumber("exclusiveMinimum", 0);
        json.WriteNumber("maximum", Most);
    }

    /// <inheritdoc/>
    public override void WriteValue(Utf8JsonWriter json, TimeSpan value) =>
        json.WriteNumberValue((decimal)value.Ticks / TimeSpan.TicksPerMinute);

    private static bool TryNumber(string text, out decimal number) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number);
}
