using System.Text.Json;
using Aios.Jobs.Yaml;

namespace Aios.Jobs.Formats;

/// <summary>The same format for a property that is null where the list says nothing.</summary>
internal sealed class OptionalFormat<T>(FieldFormat<T> format) : FieldFormat<T?>
    where T : struct
{
    /// <inheritdoc/>
    public override string Kind => format.Kind;

    /// <inheritdoc/>
    public override string Expected => format.Expected;

    /// <inheritdoc/>
    public override bool TryRead(YamlNode node, Reporter report, out T? value)
    {
        var isRead = format.TryRead(node, report, out var found);
        value = isRead ? found : null;
        return isRead;
    }

    /// <inheritdoc/>
    public override void WriteSchema(Utf8JsonWriter json) => format.WriteSchema(json);

    /// <inheritdoc/>
    public override void WriteValue(Utf8JsonWriter json, T? value)
    {
        if (value is { } known)
            format.WriteValue(json, known);
        else
            json.WriteNullValue();
    }
}
