using System.Text.Json;
using Aios.Jobs.Yaml;

namespace Aios.Jobs.Formats;

/// <summary>A number of bytes, both ends included.</summary>
internal sealed class ByteSizeFormat(long least, long most) : FieldFormat<long>
{
    /// <inheritdoc/>
    public override string Kind => "size";

    /// <inheritdoc/>
    public override string Expected => $"a size such as \"512M\" or \"2G\", from {ByteSize.Text(least)} to {ByteSize.Text(most)}";

    /// <inheritdoc/>
    public override bool TryRead(YamlNode node, Reporter report, out long value)
    {
        value = 0;
        var isSize = node is YamlScalar scalar && ByteSize.TryParse(scalar.Text, out value);
        return (isSize && value >= least && value <= most) || Fail(node, report, out value);
    }

    /// <inheritdoc/>
    public override void WriteSchema(Utf8JsonWriter json)
    {
        json.WriteStartArray("anyOf");
        json.WriteStartObject();
        json.WriteString("type", "number");
        json.WriteNumber("minimum", least);
        json.WriteNumber("maximum", most);
        json.WriteEndObject();
        json.WriteStartObject();
        json.WriteString("type", "string");
        json.WriteString("pattern", ByteSize.Pattern);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    /// <inheritdoc/>
    public override void WriteValue(Utf8JsonWriter json, long value) => json.WriteStringValue(ByteSize.Text(value));
}
