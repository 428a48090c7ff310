using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Aios.Jobs.Formats;
using Aios.Jobs.Yaml;

namespace Aios.Jobs.Schedules;

/// <summary>The name of a kind.</summary>
internal sealed class ScheduleKindFormat(ImmutableArray<ScheduleKind> kinds) : FieldFormat<ScheduleKind>
{
    private readonly ChoiceFormat<ScheduleKind> _names = new([.. kinds.Select(kind => (kind.Name, kind))]);

    /// <inheritdoc/>
    public override string Kind => _names.Kind;

    /// <inheritdoc/>
    public override string Expected => _names.Expected;

    /// <inheritdoc/>
    public override bool TryRead(YamlNode node, Reporter report, [MaybeNullWhen(false)] out ScheduleKind value) =>
        _names.TryRead(node, report, out value);

    /// <inheritdoc/>
    public override void WriteSchema(Utf8JsonWriter json) => _names.WriteSchema(json);

    /// <summary>Also of a kind that is not among these.</summary>
    public override void WriteValue(Utf8JsonWriter json, ScheduleKind value) => json.WriteStringValue(value.Name);
}
