using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Aios.Jobs.Yaml;

namespace Aios.Jobs.Formats;

/// <summary>What a container sees of the machine, as <c>docker run -v</c> writes it.</summary>
internal sealed class VolumesFormat : FieldFormat<ImmutableArray<JobVolume>>
{
    // Where AIOS itself puts things.
    private const string Reserved = "/aios";

    /// <inheritdoc/>
    public override string Kind => "list of source:target or source:target:ro";

    /// <inheritdoc/>
    public override string Expected => "a list such as [\"./data:/data:ro\", \"cache:/cache\"]";

    /// <inheritdoc/>
    public override bool TryRead(YamlNode node, Reporter report, [MaybeNullWhen(false)] out ImmutableArray<JobVolume> value)
    {
        value = [];
        if (node is not YamlList list) return Fail(node, report, out value);

        var volumes = ImmutableArray.CreateBuilder<JobVolume>(list.Items.Length);
        var isWhole = true;
        foreach (var item in list.Items)
        {
            if (item is YamlScalar { IsNull: false } scalar && Parse(scalar.Text) is { } volume) volumes.Add(volume);
            else isWhole = report.Unexpected(item, $"source:target or source:target:ro; the source a path from the home (./data), an absolute one, or the name of a volume; the target an absolute path outside of {Reserved}");
        }

        if (isWhole) value = volumes.MoveToImmutable();
        return isWhole;
    }

    /// <inheritdoc/>
    public override void WriteSchema(Utf8JsonWriter json)
    {
        json.WriteString("type", "array");
        json.WriteStartObject("items");
        json.WriteString("type", "string");
        json.WriteString("pattern", "^[^:]+:/[^:]*(:ro|:rw)?$");
        json.WriteEndObject();
    }

    /// <inheritdoc/>
    public override void WriteValue(Utf8JsonWriter json, ImmutableArray<JobVolume> value)
    {
        json.WriteStartArray();
        foreach (var volume in value) json.WriteStringValue(volume.ToString());
        json.WriteEndArray();
    }

    private static JobVolume? Parse(string text)
    {
        if (text.Any(char.IsControl) || text.Split(':') is not { Length: 2 or 3 } parts) return null;
        if (parts.Length == 3 && parts[2] is not ("ro" or "rw")) return null;
        var volume = parts[0].Length > 0 ? new JobVolume(parts[0], parts[1], parts is [_, _, "ro"]) : null;
        return volume is not null && (volume.IsPath || IsName(parts[0])) && IsTarget(parts[1]) ? volume : null;
    }

    private static bool IsName(string text) =>
        char.IsAsciiLetterOrDigit(text[0]) && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.');

    private static bool IsTarget(string text) =>
        text.Length > 1 && text[0] == '/' && text != Reserved && !text.StartsWith(Reserved + "/", StringComparison.Ordinal);
}
