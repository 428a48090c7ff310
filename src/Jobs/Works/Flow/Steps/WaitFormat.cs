using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using Aios.Jobs.Formats;
using Aios.Jobs.Yaml;

namespace Aios.Jobs.Works;

/// <summary>What a step waits for.</summary>
internal sealed class WaitFormat : FieldFormat<WaitWork?>
{
    private const string SignalKey = "signal";

    /// <inheritdoc/>
    public override string Kind => "duration, instant, or map with signal";

    /// <inheritdoc/>
    public override string Expected => "a duration such as \"90s\", an instant such as \"2027-01-31T09:00:00Z\", or {signal: NAME}";

    /// <summary>The instant that a text names, UTC, or the one after a duration; false if it is neither.</summary>
    /// <param name="text">A time without an offset is one on the wall, by the rules of <see cref="LocalTime"/>.</param>
    /// <param name="now">From when on a duration is counted.</param>
    /// <param name="zone">Where that wall is.</param>
    /// <param name="until">The instant.</param>
    public static bool TryParse(string text, DateTimeOffset now, TimeZoneInfo zone, out DateTimeOffset until)
    {
        until = default;
        if (Duration.TryParse(text, out var duration))
        {
            until = now + duration;
            return true;
        }

        if (text.Length < 10 || text.AsSpan(0, 4).IndexOfAnyExceptInRange('0', '9') >= 0)
            return false;
        // An offset, also that of UTC, makes it a time of the machine here; without one it stays without.
        if (!DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var wall))
            return false;
        if (wall.Kind == DateTimeKind.Unspecified)
            until = LocalTime.Of(wall, zone);
        else if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out until))
            return false;
        return true;
    }

    /// <inheritdoc/>
    public override bool TryRead(YamlNode node, Reporter report, [MaybeNullWhen(false)] out WaitWork? value)
    {
        value = null;
        if (node is YamlMap { Entries: [{ Name: SignalKey, Value: YamlScalar { IsNull: false, Text.Length: > 0 } signal }] })
        {
            value = new WaitWork(null, signal.Text);
            return true;
        }

        if (node is not YamlScalar time || !IsTime(time.Text))
            return Fail(node, report, out value);
        value = new WaitWork(time.Text, null);
        return true;
    }

    /// <inheritdoc/>
    public override void WriteSchema(Utf8JsonWriter json)
    {
        json.WriteStartArray("anyOf");
        json.WriteStartObject();
        json.WriteString("type", "number");
        json.WriteNumber("minimum", 0);
        json.WriteEndObject();
        json.WriteStartObject();
        json.WriteString("type", "string");
        json.WriteEndObject();
        json.WriteStartObject();
        json.WriteString("type", "object");
        json.WriteStartObject("properties");
        json.WriteStartObject(SignalKey);
        json.WriteString("type", "string");
        json.WriteString("description", "The name of the signal.");
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteStartArray("required");
        json.WriteStringValue(SignalKey);
        json.WriteEndArray();
        json.WriteBoolean("additionalProperties", false);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    /// <inheritdoc/>
    public override void WriteValue(Utf8JsonWriter json, WaitWork? value)
    {
        if (value?.Signal is null)
        {
            json.WriteStringValue(value?.Time);
            return;
        }

        json.WriteStartObject();
        json.WriteString(SignalKey, value.Signal);
        json.WriteEndObject();
    }

    private static bool IsTime(string text) =>
        StepReferences.MayBeIn(text) || TryParse(text, DateTimeOffset.UnixEpoch, TimeZoneInfo.Utc, out _);
}
