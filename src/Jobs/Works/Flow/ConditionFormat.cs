using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Aios.Expressions;
using Aios.Jobs.Formats;
using Aios.Jobs.Yaml;

namespace Aios.Jobs.Works;

/// <summary>A condition in CEL; <c>${</c> and <c>}</c> around it are taken, too.</summary>
internal sealed class ConditionFormat : FieldFormat<string?>
{
    /// <inheritdoc/>
    public override string Kind => "condition";

    /// <inheritdoc/>
    public override string Expected => "a condition such as \"steps.check.result.rows > 0\"";

    /// <inheritdoc/>
    public override bool TryRead(YamlNode node, Reporter report, [MaybeNullWhen(false)] out string? value)
    {
        if (node is not YamlScalar { IsNull: false } scalar)
            return Fail(node, report, out value);
        value = Bare(scalar.Text);
        return Expression.TryParse(value, out _, out var error) || report.Error(node, error!.Message);
    }

    /// <inheritdoc/>
    public override void WriteSchema(Utf8JsonWriter json)
    {
        json.WriteStartArray("type");
        json.WriteStringValue("string");
        json.WriteStringValue("boolean");
        json.WriteEndArray();
    }

    /// <inheritdoc/>
    public override void WriteValue(Utf8JsonWriter json, string? value) => json.WriteStringValue(value);

    private static string Bare(string text)
    {
        var trimmed = text!.Trim();
        return
            trimmed.StartsWith("${", StringComparison.Ordinal)
            && trimmed.EndsWith('}')
            && !trimmed[2..].Contains("${", StringComparison.Ordinal)
            ? trimmed[2..^1].Trim()
            : trimmed;
    }
}
