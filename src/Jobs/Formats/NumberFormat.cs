using System.Globalization;
using System.Text.Json;
using Aios.Jobs.Yaml;

namespace Aios.Jobs.Formats;

/// <summary>A number, fractions allowed, both ends included.</summary>
internal sealed class NumberFormat(decimal least, decimal most) : FieldFormat<decimal>
{
    /// <inheritdoc/>
    public override string Kind => "number";

    /// <inheritdoc/>
    public override string Expected => string.Create(CultureInfo.InvariantCulture, $"a number from {least:#,0.##} to {most:#,0.##}");

    /// <inheritdoc/>
    public override bool TryRead(YamlNode node, Reporter report, out decimal value)
    {
        value = 0;
        var isNumber =
            node is YamlScalar scalar
            && decimal.TryParse(scalar.Text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value);
        return (isNumber && value >= least && value <= most) || Fail(node, report, out value);
    }

    /// <inheritdoc/>
    public override void WriteSchema(Utf8JsonWriter json)
    {
        json.WriteString("type", "number");
        json.WriteNumber("minimum", least);
        json.WriteNumber("maximum", most);
    }

    /// <inheritdoc/>
    public override void WriteValue(Utf8JsonWriter json, decimal value) => json.WriteNumberValue(value);
}
