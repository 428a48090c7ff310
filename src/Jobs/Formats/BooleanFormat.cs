using System.Text.Json;
using Aios.Jobs.Yaml;

namespace Aios.Jobs.Formats;

/// <summary>True or false, also in the words of YAML 1.1 that people write.</summary>
internal sealed class BooleanFormat : FieldFormat<bool>
{
    /// <inheritdoc/>
    public override string Kind => "true or false";

    /// <inheritdoc/>
    public override string Expected => "true or false, without quotes";

    /// <inheritdoc/>
    public override bool TryRead(YamlNode node, Reporter report, out bool value)
    {
        value = false;
        if (node is not YamlScalar { IsPlain: true } scalar)
            return Fail(node, report, out value);

        switch (scalar.Text.ToLowerInvariant())
        {
            case "true" or "yes" or "on":
                value = true;
                return true;
            case "false" or "no" or "off":
                return true;
            default:
                return Fail(node, report, out value);
        }
    }

    /// <inheritdoc/>
    public override void WriteSchema(Utf8JsonWriter json) => json.WriteString("type", "boolean");

    /// <inheritdoc/>
    public override void WriteValue(Utf8JsonWriter json, bool value) => json.WriteBooleanValue(value);
}
