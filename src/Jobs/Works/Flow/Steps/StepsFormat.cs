using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Aios.Jobs.Formats;
using Aios.Jobs.Yaml;

namespace Aios.Jobs.Works;

/// <summary>The steps of a flow.</summary>
internal sealed class StepsFormat : FieldFormat<ImmutableArray<FlowStep>>
{
    /// <summary>So that each look at a flow stays short.</summary>
    public const int Most = 1000;

    /// <inheritdoc/>
    public override string Kind => "list of steps";

    /// <inheritdoc/>
    public override string Expected => "a list of steps; each begins with \"- name: ...\" and has one of " + StepFields.Instance.KeyNames;

    /// <inheritdoc/>
    public override bool TryRead(YamlNode node, Reporter report, [MaybeNullWhen(false)] out ImmutableArray<FlowStep> value)
    {
        value = [];
        if (node is not YamlList { Items.IsEmpty: false } list)
            return Fail(node, report, out value);
        if (list.Items.Length > Most)
            return report.Error(
                node,
                $"has {list.Items.Length} steps; a flow can have {Most}. Use `each` for a list of the same, or `job` for a flow inside it"
            );

        var errors = report.Problems.Count;
        var steps = ImmutableArray.CreateBuilder<FlowStep>(list.Items.Length);
        for (var i = 0; i < list.Items.Length; i++)
        {
            if (JobReader.ReadStep(list.Items[i], i == 0 ? null : list.Items[i - 1], i + 1, report) is { } step)
                steps.Add(step);
        }

        if (report.Problems.Count > errors || steps.Count < list.Items.Length)
            return false;
        value = steps.MoveToImmutable();
        return FlowRules.Check(new FlowGraph(value), list, report);
    }

    /// <inheritdoc/>
    public override void WriteSchema(Utf8JsonWriter json)
    {
        json.WriteString("type", "array");
        json.WriteNumber("minItems", 1);
        json.WriteNumber("maxItems", Most);
        json.WriteStartObject("items");
        json.WriteString("$ref", "#/$defs/step");
        json.WriteEndObject();
    }

    /// <inheritdoc/>
    public override void WriteValue(Utf8JsonWriter json, ImmutableArray<FlowStep> value)
    {
        json.WriteStartArray();
        foreach (var step in value)
            json.WriteRawValue(step.Json, skipInputValidation: true);
        json.WriteEndArray();
    }
}
