using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Aios.Jobs.Yaml;

namespace Aios.Jobs.Formats;

/// <summary>Any values, kept as JSON text: a list (positional arguments) or a map (named ones).</summary>
internal sealed class JsonFormat(bool isMap) : FieldFormat<string>
{
    /// <inheritdoc/>
    public override string Kind => isMap ? "map of any values" : "list of any values";

    /// <inheritdoc/>
    public override string Expected => isMap ? "a map such as {city: Berlin, days: 7}" : "a list such as [Berlin, 7]";

    /// <inheritdoc/>
    public override bool TryRead(YamlNode node, Reporter report, [MaybeNullWhen(false)] out string value)
    {
        if (isMap ? node is not YamlMap : node is not YamlList)
            return Fail(node, report, out value);

        value = YamlJson.Text(node, report);
        return value is not null;
    }

    /// <inheritdoc/>
    public override void WriteSchema(Utf8JsonWriter json) => json.WriteString("type", isMap ? "object" : "array");

    /// <inheritdoc/>
    public override void WriteValue(Utf8JsonWriter json, string value) => json.WriteRawValue(value);
}
