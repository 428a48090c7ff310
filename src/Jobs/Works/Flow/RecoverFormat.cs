using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Aios.Jobs.Formats;
using Aios.Jobs.Yaml;

namespace Aios.Jobs.Works;

/// <summary>The ladder of a step: a list of what to try, one after the other.</summary>
internal sealed class RecoverFormat : FieldFormat<ImmutableArray<RecoveryRung>>
{
    private const int Most = 20;
    private const int MostRetries = 100;
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);
    private static readonly TimeSpan DefaultWait = TimeSpan.FromMinutes(1);
    private static readonly string[] Words = ["retry", "with", "step", "person"];

    /// <inheritdoc/>
    public override string Kind => "list of retry, with, step, person";

    /// <inheritdoc/>
    public override string Expected =>
        "a list of retry, {retry: [1m, 10m]}, {with: {timeout: 2h}}, {step: NAME} and person, in the order in which they are tried";

    /// <inheritdoc/>
    public override bool TryRead(YamlNode node, Reporter report, [MaybeNullWhen(false)] out ImmutableArray<RecoveryRung> value)
    {
        value = [];
        if (node is not YamlList { Items: { Length: > 0 and <= Most } items })
            return Fail(node, report, out value);
        var rungs = ImmutableArray.CreateBuilder<RecoveryRung>(items.Length);
        foreach (var item in items)
        {
            if (Read(item, report) is { } rung)
                rungs.Add(rung);
        }

        if (rungs.Count < items.Length)
            return false;
        value = rungs.MoveToImmutable();
        return true;
    }

    /// <inheritdoc/>
    public override void WriteSchema(Utf8JsonWriter json)
    {
        json.WriteString("type", "array");
        json.WriteNumber("minItems", 1);
        json.WriteNumber("maxItems", Most);
    }

    /// <inheritdoc/>
    public override void WriteValue(Utf8JsonWriter json, ImmutableArray<RecoveryRung> value)
    {
        json.WriteStartArray();
        foreach (var rung in value)
            json.WriteStringValue(rung.Word);
        json.WriteEndArray();
    }

    private static RecoveryRung? Read(YamlNode item, Reporter report) =>
        item switch
        {
            YamlScalar { Text: "retry" } => new RecoveryRung.Retry([DefaultWait]),
            YamlScalar { Text: "person" } => new RecoveryRung.Person(null),
            YamlMap { Entries: [{ Name: "retry" } entry] } => ReadRetry(entry.Value, report),
            YamlMap { Entries: [{ Name: "with", Value: YamlMap { Entries.IsEmpty: false } changes }] } => new RecoveryRung.With(
                changes,
                null
            ),
            YamlMap { Entries: [{ Name: "step", Value: YamlScalar { IsNull: false } name }] } => new RecoveryRung.Other(name.Text),
            YamlMap { Entries: [{ Name: "person", Value: YamlScalar question }] } => new RecoveryRung.Person(
                question.IsNull ? null : question.Text
            ),
            _ => Tell(item, report),
        };

    private static TimeSpan Doubled(int number)
    {
        var wait = DefaultWait * Math.Pow(2, Math.Min(number, 20));
        return wait < LongestWait ? wait : LongestWait;
    }

    private static RecoveryRung? Tell(YamlNode item, Reporter report)
    {
        var word = item is YamlMap { Entries: [var entry, ..] } ? entry.Name : (item as YamlScalar)?.Text ?? "";
        report.Unexpected(
            item,
            "retry, {retry: [1m, 10m]}, {with: {FIELD: VALUE}}, {step: NAME}, person or {person: QUESTION}",
            report.Nearest(word, Words)
        );
        return null;
    }

    // A number alone is how often, with waits that double.
    private static RecoveryRung.Retry? ReadRetry(YamlNode node, Reporter report)
    {
        if (node is YamlScalar { IsPlain: true } scalar && int.TryParse(scalar.Text, out var times) && times is > 0 and <= MostRetries)
            return new RecoveryRung.Retry([.. Enumerable.Range(0, times).Select(number => Doubled(number))]);
        var items = node is YamlList list ? list.Items : [node];
        var waits = ImmutableArray.CreateBuilder<TimeSpan>();
        foreach (var item in items)
        {
            if (!DurationFormat.Positive.TryRead(item, report, out var wait))
                return null;
            waits.Add(wait);
        }

        if (waits.Count > 0)
            return new RecoveryRung.Retry(waits.ToImmutable());
        report.Unexpected(node, "a wait such as 10m, or a list of waits such as [1m, 10m]: one more attempt after each");
        return null;
    }
}
