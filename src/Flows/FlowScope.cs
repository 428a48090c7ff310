using System.Globalization;
using System.Text.Json;
using Aios.Expressions;
using Aios.Jobs;
using Aios.Store.Flows;

namespace Aios.Flows;

/// <summary>What references of a step can name.</summary>
/// <param name="flow">The flow.</param>
/// <param name="steps">Its steps that have begun, by name.</param>
/// <param name="names">The steps that are needed, by name; null for all.</param>
internal sealed class FlowScope(FlowRecord flow, IReadOnlyDictionary<string, StepRecord> steps, IReadOnlySet<string>? names) : IScope
{
    private static readonly string[] Names = ["args", "kwargs", "steps", "flow"];

    /// <summary>The item and its place; null outside of them.</summary>
    public (string Json, int Index)? Item { get; init; }

    /// <summary>Reads the result of a step.</summary>
    public Func<StepRecord, string?> ResultOf { get; init; } = step => step.ResultJson;

    /// <summary>The steps whose results are needed, by name; null for all.</summary>
    public IReadOnlySet<string>? WithResult { get; init; }

    /// <inheritdoc />
    public IEnumerable<string> Roots => Item is null ? Names : [.. Names, "item", "index"];

    /// <summary>The steps that references name; null for all.</summary>
    public static HashSet<string>? StepsIn(IEnumerable<Reference> references) => StepsIn(references, onlyResults: false);

    /// <summary>Those of them whose results they need; null for all.</summary>
    public static HashSet<string>? ResultsIn(IEnumerable<Reference> references) => StepsIn(references, onlyResults: true);

    private static HashSet<string>? StepsIn(IEnumerable<Reference> references, bool onlyResults)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var reference in references.Where(reference => reference.Root == "steps"))
        {
            if (reference.Path.IsEmpty)
                return null;
            if (!onlyResults || reference.Path.Length == 1 || reference.Path[1] == "result")
                names.Add(reference.Path[0]);
        }

        return names;
    }

    /// <inheritdoc />
    public bool TryGet(string root, out Value value)
    {
        value = default;
        var json = root switch
        {
            "args" => flow.ArgsJson,
            "kwargs" => flow.KwargsJson,
            "steps" => JsonText.Write(WriteSteps),
            "flow" => JsonText.Write(WriteFlow),
            "item" => Item?.Json,
            "index" => Item?.Index.ToString(CultureInfo.InvariantCulture),
            _ => null,
        };
        if (json is null)
            return false;
        value = Value.OfJson(json);
        return true;
    }

    private void WriteFlow(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("id", flow.Id);
        json.WriteString("job", flow.JobName);
        json.WriteString("started", flow.Started.ToString("yyyy-MM-ddTHH:mm:ss.FFFZ", CultureInfo.InvariantCulture));
        json.WriteNumber("attempt", flow.Attempt);
        json.WriteEndObject();
    }

    private void WriteSteps(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        foreach (var step in steps.Values.Where(step => step.IsOver && names?.Contains(step.Step) != false))
        {
            json.WritePropertyName(step.Step);
            json.WriteStartObject();
            json.WriteString("status", step.Status.Name());
            if (step.Status is not (StepStatus.Skipped or StepStatus.Blocked))
            {
                json.WriteNumber("attempt", step.Attempt);
                json.WritePropertyName("result");
                json.WriteRawValue(WithResult?.Contains(step.Step) == false ? "null" : ResultOf(step) ?? "null", skipInputValidation: true);
            }

            if (step.Reason is not null)
                json.WriteString("reason", step.Reason);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
