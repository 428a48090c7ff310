using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Aios.Jobs.Formats;
using Aios.Jobs.Yaml;
using Aios.Scheduling;

namespace Aios.Jobs.Schedules;

/// <summary>A cron expression, with or without seconds, or a nickname such as @daily.</summary>
internal sealed class CronExpressionFormat : FieldFormat<CronExpression?>
{
    /// <inheritdoc/>
    public override string Kind => "cron expression";

    /// <inheritdoc/>
    public override string Expected => "a cron expression such as \"*/5 * * * *\"";

    /// <inheritdoc/>
    public override bool TryRead(YamlNode node, Reporter report, [MaybeNullWhen(false)] out CronExpression? value)
    {
        value = null;
        if (node is not YamlScalar scalar)
            return Fail(node, report, out value);

        try
        {
            value = CronExpression.ParseAny(scalar.Text);
            return true;
        }
        catch (FormatException error)
        {
            return report.Unexpected(node, $"{Expected} ({error.Message.TrimEnd('.')})");
        }
    }

    /// <inheritdoc/>
    public override void WriteSchema(Utf8JsonWriter json)
    {
        json.WriteString("type", "string");
        json.WriteNumber("minLength", 1);
    }

    /// <inheritdoc/>
    public override void WriteValue(Utf8JsonWriter json, CronExpression? value) => json.WriteStringValue(value?.ToString());
}
