using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Aios.Jobs.Yaml;

namespace Aios.Jobs.Formats;

/// <summary>One wait that doubles, or a list of waits of which the last repeats.</summary>
internal sealed class BackoffFormat : FieldFormat<Backoff>
{
    private static readonly DurationFormat Wait = new(TimeSpan.Zero, Backoff.Longest);

    /// <inheritdoc/>
    public override string Kind => "duration, or list of them";

    /// <inheritdoc/>
    public override string Expected => $"{Wait.Expected}, or a list of them such as [5s, 30s, 2m]";

    /// <inheritdoc/>
    public override bool TryRead(YamlNode node, Reporter report, [MaybeNullWhen(false)] out Backoff value)
    {
        if (node is YamlList list)
            return TryReadList(list, report, out value);

        value = null;
        if (node is not YamlScalar)
            return Fail(node, report, out value);
        if (!Wait.TryRead(node, report, out var first))
            return false;
        value = new Backoff([first], Doubles: true);
        return true;
    }

    /// <inheritdoc/>
    public override void WriteSchema(Utf8JsonWriter json)
    {
        json.WriteStartArray("anyOf");
        Wait.WriteSchemas(json);
        json.WriteStartObject();
        json.WriteString("type", "array");
        json.WriteNumber("minItems", 1);
        json.WriteStartObject("items");
        Wait.WriteSchema(json);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    /// <inheritdoc/>
    public override void WriteValue(Utf8JsonWriter json, Backoff value)
    {
        if (value is { Doubles: true, Waits.Length: 1 })
        {
            Wait.WriteValue(json, value.Waits[0]);
            return;
        }

        json.WriteStartArray();
        foreach (var wait in value.Waits)
            Wait.WriteValue(json, wait);
        json.WriteEndArray();
    }

    private bool TryReadList(YamlList list, Reporter report, [MaybeNullWhen(false)] out Backoff value)
    {
        if (list.Items.IsEmpty)
            return Fail(list, report, out value);

        var waits = ImmutableArray.CreateBuilder<TimeSpan>(list.Items.Length);
        var isWhole = true;
        foreach (var item in list.Items)
        {
            isWhole &= Wait.TryRead(item, report, out var wait);
            waits.Add(wait);
        }

        value = isWhole ? new Backoff(waits.MoveToImmutable(), Doubles: false) : null;
        return isWhole;
    }
}
