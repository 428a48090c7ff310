using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Aios.Jobs.Formats;
using Aios.Jobs.Yaml;

namespace Aios.Jobs.Works;

/// <summary>Any value, kept as JSON text.</summary>
internal class ValuesFormat : FieldFormat<string?>
{
    /// <inheritdoc/>
    public override string Kind => "any value";

    /// <inheritdoc/>
    public override string Expected => "a value such as {total: 7}";

    /// <inheritdoc/>
    public override bool TryRead(YamlNode node, Reporter report, [MaybeNullWhen(false)] out string? value)
    {
        value = null;
        if (!IsTaken(node))
            return Fail(node, report, out value);
        value = YamlJson.Text(node, report);
        return value is not null;
    }

    /// <inheritdoc/>
    public override void WriteSchema(Utf8JsonWriter json) { }

    /// <inheritdoc/>
    public override void WriteValue(Utf8JsonWriter json, string? value)
    {
        if (value is null)
            json.WriteNullValue();
        else
            json.WriteRawValue(value, skipInputValidation: true);
    }

    /// <summary>Whether the form of the value is one that is taken.</summary>
    protected virtual bool IsTaken(YamlNode node) => true;
}
