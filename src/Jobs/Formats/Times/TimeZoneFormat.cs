using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Aios.Jobs.Yaml;
using Aios.Platform;

namespace Aios.Jobs.Formats;

/// <summary>An IANA time zone that this machine knows.</summary>
internal sealed class TimeZoneFormat : FieldFormat<TimeZoneInfo>
{
    private const int MostNearest = 3;

    private static readonly Lazy<ImmutableArray<string>> Known = new(() =>
        [.. TimeZoneInfo.GetSystemTimeZones().Select(zone => zone.Id).Append("UTC").Distinct(StringComparer.Ordinal)]
    );

    /// <inheritdoc/>
    public override string Kind => "IANA time zone";

    /// <inheritdoc/>
    public override string Expected => "an IANA time zone such as \"Europe/Berlin\" or \"UTC\"";

    /// <inheritdoc/>
    public override bool TryRead(YamlNode node, Reporter report, [MaybeNullWhen(false)] out TimeZoneInfo value)
    {
        value = null;
        if (node is not YamlScalar scalar)
            return Fail(node, report, out value);

        if (TryFind(scalar.Text, out value))
            return true;
        if (!HasData)
            return report.Error(
                node,
                $"the time zone {YamlScalar.Quoted(scalar.Text)} cannot be looked up: this machine has no time zone data. Install the "
                    + $"package tzdata (Debian, Ubuntu: apt-get install tzdata; Alpine: apk add tzdata), or write UTC",
                node.Found
            );
        if (LocalZone.IsRule(scalar.Text))
            return report.Error(
                node,
                $"{YamlScalar.Quoted(scalar.Text)} is a rule in the form of POSIX; expected the name of the zone, such as "
                    + $"\"Europe/Berlin\"",
                node.Found
            );
        return report.Unexpected(node, Expected, Nearest(scalar.Text, report));
    }

    // Without data the system still knows UTC. The index of zones may be missing where the zones themselves are there.
    private static bool HasData => TimeZoneInfo.TryFindSystemTimeZoneById("Europe/London", out _);

    /// <inheritdoc/>
    public override void WriteSchema(Utf8JsonWriter json)
    {
        json.WriteString("type", "string");
        json.WriteNumber("minLength", 1);
    }

    /// <inheritdoc/>
    public override void WriteValue(Utf8JsonWriter json, TimeZoneInfo value) => json.WriteStringValue(value.Id);

    // The system looks names up as files, so only what can be a name may reach it. A wrong case is found only if the
    // right one was asked for before: it must not depend on that, so it is never taken.
    private static bool TryFind(string id, [MaybeNullWhen(false)] out TimeZoneInfo zone)
    {
        zone = null;
        return id.Length is > 0 and <= 64
            && char.IsAsciiLetter(id[0])
            && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '_' or '-' or '+')
            && !id.Contains("//", StringComparison.Ordinal)
            && TimeZoneInfo.TryFindSystemTimeZoneById(id, out zone)
            && (zone.Id == id || !zone.Id.Equals(id, StringComparison.OrdinalIgnoreCase));
    }

    // Many write the city alone; that says more than how alike the letters are.
    private static ImmutableArray<string> Nearest(string written, Reporter report)
    {
        if (report.Problems.IsFull)
            return [];

        var city = "/" + written.Trim().Replace(' ', '_');
        var sameCity = Known.Value.Where(id => id.EndsWith(city, StringComparison.OrdinalIgnoreCase)).Take(MostNearest).ToImmutableArray();
        return sameCity.IsEmpty ? report.Nearest(written, Known.Value, MostNearest) : sameCity;
    }
}
