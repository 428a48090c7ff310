using System.Text.Json;
using Aios.Expressions;
using Aios.Jobs.Yaml;

namespace Aios.Jobs.Works;

/// <summary>A list, or a reference to one.</summary>
internal sealed class EachFormat : ValuesFormat
{
    /// <inheritdoc/>
    public override string Kind => "list of any values, or a reference";

    /// <inheritdoc/>
    public override string Expected => "a list such as [a, b], or a reference to one such as \"${steps.list.result}\"";

    /// <inheritdoc/>
    public override void WriteSchema(Utf8JsonWriter json)
    {
        json.WriteStartArray("type");
        json.WriteStringValue("array");
        json.WriteStringValue("string");
        json.WriteEndArray();
    }

    /// <inheritdoc/>
    protected override bool IsTaken(YamlNode node) =>
        node is YamlList || (node is YamlScalar scalar && StepReferences.MayBeIn(scalar.Text));
}
