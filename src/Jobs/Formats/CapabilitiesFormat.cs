using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Aios.Jobs.Yaml;

namespace Aios.Jobs.Formats;

/// <summary>Capabilities of Linux, with or without their prefix.</summary>
internal sealed class CapabilitiesFormat : FieldFormat<ImmutableArray<string>>
{
    private const string Prefix = "CAP_";

    /// <inheritdoc/>
    public override string Kind => "list of capabilities";

    /// <inheritdoc/>
    public override string Expected => "a list of capabilities of Linux such as [CHOWN, NET_BIND_SERVICE]";

    /// <inheritdoc/>
    public override bool TryRead(YamlNode node, Reporter report, [MaybeNullWhen(false)] out ImmutableArray<string> value)
    {
        value = [];
        if (node is not YamlList list) return Fail(node, report, out value);

        var isWhole = true;
        foreach (var item in list.Items) isWhole &= (item is YamlScalar { IsNull: false } scalar && IsName(scalar.Text)) || report.Unexpected(item, "a capability of Linux such as CHOWN");
        if (isWhole) value = [.. list.Items.Select(item => Short(((YamlScalar)item).Text))];
        return isWhole;
    }

    /// <inheritdoc/>
    public override void WriteSchema(Utf8JsonWriter json)
    {
        json.WriteString("type", "array");
        json.WriteStartObject("items");
        json.WriteString("type", "string");
        json.WriteString("pattern", "^[A-Za-z][A-Za-z_]*$");
        json.WriteEndObject();
    }

    /// <inheritdoc/>
    public override void WriteValue(Utf8JsonWriter json, ImmutableArray<string> value)
    {
        json.WriteStartArray();
        foreach (var capability in value) json.WriteStringValue(capability);
        json.WriteEndArray();
    }

    private static bool IsName(string text) => text.Length > 0 && char.IsAsciiLetter(text[0]) && text.All(c => char.IsAsciiLetter(c) || c == '_');

    private static string Short(string text)
    {
        var name = text.ToUpperInvariant();
        return name.StartsWith(Prefix, StringComparison.Ordinal) ? name[Prefix.Length..] : name;
    }
}
