using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Aios.Jobs.Formats;
using Aios.Jobs.Yaml;

namespace Aios.Jobs.Works;

/// <summary>The checks of an answer: a list of them, or a map.</summary>
internal sealed class VerifyFormat : FieldFormat<AnswerChecks>
{
    private const string Schema = "schema";
    private const string Grounded = "grounded";
    private const string Agree = "agree";
    private const string Judge = "judge";
    private const string Verifier = "verifier";
    private static readonly string[] Checks = [Schema, Grounded, Agree, Judge];
    private static readonly NumberFormat Share = new(0, 1);
    private static readonly NameListFormat Routes = new("routes or models", "[planner, auditor]");
    private static readonly PromptFormat Text = new(mayHoldFields: false);

    /// <inheritdoc/>
    public override string Kind => "list of checks: schema, grounded, agree, judge";

    /// <inheritdoc/>
    public override string Expected =>
        "a list of checks such as [schema, {grounded: \"${steps.data.result}\"}, {agree: {routes: [a, b], at_least: 0.85}}, "
        + "{judge: {role: verifier, rubric: \"Is it polite?\"}}]";

    /// <inheritdoc/>
    public override bool TryRead(YamlNode node, Reporter report, [MaybeNullWhen(false)] out AnswerChecks value)
    {
        value = AnswerChecks.None;
        var before = report.Problems.Count;
        var entries = EntriesOf(node);
        if (entries.IsEmpty)
            return Fail(node, report, out value);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, place, given) in entries)
        {
            if (!seen.Add(name))
                report.Error(place, $"\"{name}\" is checked twice; keep one of them");
            else
                value = Read(name, place, given, value, report);
        }

        return report.Problems.Count == before;
    }

    /// <inheritdoc/>
    public override void WriteSchema(Utf8JsonWriter json)
    {
        json.WriteStartArray("type");
        foreach (var type in (string[])["array", "object", "string"])
            json.WriteStringValue(type);
        json.WriteEndArray();
    }

    /// <inheritdoc/>
    public override void WriteValue(Utf8JsonWriter json, AnswerChecks value)
    {
        json.WriteStartObject();
        if (value.Schema)
            json.WriteBoolean(Schema, true);
        if (value.GroundedJson is { } grounded)
        {
            json.WritePropertyName(Grounded);
            json.WriteRawValue(grounded, skipInputValidation: true);
        }

        if (value.Agree is { } agree)
            Write(json, agree);
        if (value.Judge is { } judge)
        {
            json.WriteStartObject(Judge);
            json.WriteString("route", judge.Route);
            json.WriteString("rubric", judge.Rubric);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, AgreeCheck agree)
    {
        json.WriteStartObject(Agree);
        json.WritePropertyName("routes");
        Routes.WriteValue(json, agree.Routes);
        json.WriteNumber("at_least", agree.AtLeast);
        if (agree.Embeddings is { } embeddings)
            json.WriteString("embeddings", embeddings);
        json.WriteString("judge", agree.Judge);
        json.WriteEndObject();
    }

    // A word alone is a check without anything beside it.
    private static ImmutableArray<(string Name, YamlNode Place, YamlNode? Given)> EntriesOf(YamlNode node) =>
        node switch
        {
            YamlScalar { IsNull: false } scalar => [(scalar.Text, scalar, null)],
            YamlMap map => [.. map.Entries.Select(entry => (entry.Name, (YamlNode)entry.Key, (YamlNode?)entry.Value))],
            YamlList list => [.. list.Items.SelectMany(item => item is YamlList ? [("", item, null)] : EntriesOf(item))],
            _ => [],
        };

    private static AnswerChecks Read(string name, YamlNode place, YamlNode? given, AnswerChecks checks, Reporter report)
    {
        switch (name)
        {
            case Schema:
                return checks with { Schema = ReadSchema(given, report) };
            case Grounded when given is not (null or YamlScalar { IsNull: true }):
                return checks with { GroundedJson = YamlJson.Text(given, report) };
            case Grounded:
                report.Unexpected(place, "what the answer must be grounded in, such as {grounded: \"${steps.data.result}\"}");
                return checks;
            case Agree when given is YamlMap map:
                return checks with { Agree = ReadAgree(map, report) };
            case Agree:
                report.Unexpected(given ?? place, "a map such as {routes: [planner, auditor], at_least: 0.85}");
                return checks;
            case Judge when given is YamlMap map:
                return checks with { Judge = ReadJudge(map, report) };
            case Judge:
                report.Unexpected(given ?? place, "a map such as {role: verifier, rubric: \"Is it polite?\"}");
                return checks;
            default:
                report.Unexpected(place, "schema, grounded, agree or judge", report.Nearest(name, Checks));
                return checks;
        }
    }

    private static bool ReadSchema(YamlNode? given, Reporter report)
    {
        if (given is null)
            return true;
        if (given is YamlScalar { IsNull: false } scalar && CoreSchema.Boolean(scalar.Text) is { } flag)
            return flag;
        return report.Unexpected(given, "true; the schema itself is the field `schema` of the job");
    }

    private static AgreeCheck? ReadAgree(YamlMap map, Reporter report)
    {
        Known(map, ["routes", "at_least", "embeddings", "judge"], report);
        if (map.Find("routes") is not { } routes)
        {
            report.Error(map, "agree has no \"routes\", which names those that answer, too; add it, such as routes: [planner, auditor]");
            return null;
        }

        var least = 0m;
        if (!Routes.TryRead(routes.Value, report, out var names))
            return null;
        if (map.Find("at_least") is { } given && !Share.TryRead(given.Value, report, out least))
            return null;
        return new AgreeCheck(names, least, Name(map, "embeddings", report), Name(map, "judge", report) ?? Verifier);
    }

    private static JudgeCheck? ReadJudge(YamlMap map, Reporter report)
    {
        Known(map, [.. LlmKind.TargetNames, "rubric"], report);
        if (map.Find("rubric") is not { } rubric)
        {
            report.Error(map, "judge has no \"rubric\", which says what is judged; add it, such as rubric: \"Is it polite?\"");
            return null;
        }

        var target = LlmKind.TargetNames.Select(name => Name(map, name, report)).FirstOrDefault(name => name is not null);
        return Text.TryRead(rubric.Value, report, out var words) ? new JudgeCheck(target ?? Verifier, words!) : null;
    }

    private static string? Name(YamlMap map, string field, Reporter report)
    {
        if (map.Find(field) is not { } entry)
            return null;
        if (entry.Value is YamlScalar { IsNull: false, Text.Length: > 0 } scalar)
            return scalar.Text;
        report.Unexpected(entry.Value, "the name of a role, a route or a model of models.yaml");
        return null;
    }

    private static void Known(YamlMap map, string[] names, Reporter report)
    {
        foreach (var entry in map.Entries.Where(entry => !names.Contains(entry.Name)))
            report.Error(
                entry.Key,
                $"unknown field {YamlScalar.Quoted(entry.Name)}; there are {string.Join(", ", names)}",
                null,
                report.Nearest(entry.Name, names)
            );
    }
}
