using System.Collections.Immutable;
using System.Text.Json;
using Aios.Jobs.Yaml;

namespace Aios.Jobs.Formats;

/// <summary>One of a few names. Upper and lower case are the same.</summary>
internal sealed class ChoiceFormat<T>(params ImmutableArray<(string Name, T Value)> choices) : FieldFormat<T>
{
    /// <inheritdoc/>
    public override string Kind => "one of " + string.Join(", ", choices.Select(choice => choice.Name));

    /// <inheritdoc/>
    public override string Expected => "one of " + string.Join(", ", choices.Select(choice => choice.Name));

    /// <inheritdoc/>
    public override bool TryRead(YamlNode node, Reporter report, out T value)
    {
        value = default!;
        if (node is not YamlScalar scalar)
            return report.Unexpected(node, Expected);

        foreach (var choice in choices)
        {
            if (!string.Equals(choice.Name, scalar.Text, StringComparison.OrdinalIgnoreCase))
                continue;
            value = choice.Value;
            return true;
        }

        return report.Unexpected(node, Expected, report.Nearest(scalar.Text, choices.Select(choice => choice.Name)));
    }

    /// <inheritdoc/>
    public override void WriteSchema(Utf8JsonWriter json)
    {
        json.WriteStartArray("enum");
        foreach (var choice in choices)
            json.WriteStringValue(choice.Name);
        json.WriteEndArray();
    }

    /// <inheritdoc/>
    public override void WriteValue(Utf8JsonWriter json, T value)
    {
        var name = choices.FirstOrDefault(choice => EqualityComparer<T>.Default.Equals(choice.Value, value)).Name;
        json.WriteStringValue(name);
    }
}
