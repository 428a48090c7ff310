using System.Globalization;
using System.Text.Json;
using Aios.Jobs.Yaml;

namespace Aios.Jobs.Formats;

/// <summary>A whole number, both ends included.</summary>
internal sealed class IntegerFormat(int least, int most) : FieldFormat<int>
{
    /// <inheritdoc/>
    public override string Kind => "whole number";

    /// <inheritdoc/>
    public override string Expected =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"a whole number {(most == int.MaxValue ? $"of at least {least:N0}" : $"from {least:N0} to {most:N0}")}"
        );

    /// <inheritdoc/>
    public override bool TryRead(YamlNode node, Reporter report, out int value)
    {
        value = 0;
        var isNumber =
            node is YamlScalar scalar && int.TryParse(scalar.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
        return (isNumber && value >= least && value <= most) || Fail(node, report, out value);
    }

    /// <inheritdoc/>
    public override void WriteSchema(Utf8JsonWriter json)
    {
        json.WriteString("type", "integer");
        json.WriteNumber("minimum", least);
        if (most != int.MaxValue)
            json.WriteNumber("maximum", most);
    }

    /// <inheritdoc/>
    public override void WriteValue(Utf8JsonWriter json, int value) => json.WriteNumberValue(value);
}
