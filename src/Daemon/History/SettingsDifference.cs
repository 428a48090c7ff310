using System.Text.Json;
using Aios.Jobs;
using Aios.Models.Configuration;
using Aios.Platform;
using Aios.Store.Audit;

namespace Aios.Daemon.History;

/// <summary>What differs between two versions of models.yaml: of each entry the fields that do, without secrets.</summary>
internal sealed class SettingsDifference
{
    private const int MostEntries = 200;
    private const string Mask = "***";

    private readonly List<Entry> _entries;

    private SettingsDifference(List<Entry> entries) => _entries = entries;

    /// <summary>Whether nothing does.</summary>
    public bool IsEmpty => _entries.Count == 0;

    /// <summary>In words: "1 new, 2 changed, 0 removed".</summary>
    public string Words =>
        $"{_entries.Count(entry => entry.Before is null)} new, "
        + $"{_entries.Count(entry => entry.Before is not null && entry.After is not null)} changed, "
        + $"{_entries.Count(entry => entry.After is null)} removed";

    /// <summary>What there was; null if all is new.</summary>
    public string? BeforeJson => Side(entry => entry.Before, entry => entry.After);

    /// <summary>What there is; null if all was removed.</summary>
    public string? AfterJson => Side(entry => entry.After, entry => entry.Before);

    /// <summary>The difference of two snapshots.</summary>
    public static SettingsDifference Of(string? before, string after)
    {
        var (old, now) = (EntriesOf(before), EntriesOf(after));
        return new SettingsDifference([
            .. old
                .Keys.Union(now.Keys)
                .Select(place => new Entry(place.Section, place.Name, ValueOf(old, place), ValueOf(now, place)))
                .Where(entry => entry.Before?.GetRawText() != entry.After?.GetRawText())
                .OrderBy(entry => (entry.Section, entry.Name)),
        ]);
    }

    // What is no section is one value, which is the same as its standard where it is not given.
    private static Dictionary<(string Section, string Name), JsonElement> EntriesOf(string? snapshot)
    {
        var found = new Dictionary<(string, string), JsonElement>();
        using var document = JsonDocument.Parse(snapshot ?? Standard, DeepJson.Options);
        foreach (var section in document.RootElement.EnumerateObject())
        {
            if (section.Value.ValueKind != JsonValueKind.Object)
                found[(section.Name, "")] = section.Value.Clone();
            else
                foreach (var one in section.Value.EnumerateObject())
                    found[(section.Name, one.Name)] = one.Value.Clone();
        }

        return found;
    }

    private static string Standard => ModelSettingsSnapshot.Of(ModelSettings.Empty, "");

    private static JsonElement? ValueOf(Dictionary<(string Section, string Name), JsonElement> entries, (string, string) place) =>
        entries.TryGetValue(place, out var value) ? value : null;

    private string? Side(Func<Entry, JsonElement?> side, Func<Entry, JsonElement?> other)
    {
        if (_entries.All(entry => side(entry) is null))
            return null;
        return JsonText.Write(json =>
        {
            json.WriteStartObject();
            foreach (var section in _entries.Take(MostEntries).Where(entry => side(entry) is not null).GroupBy(entry => entry.Section))
                WriteSection(json, section, side, other);
            if (_entries.Count > MostEntries)
                json.WriteNumber("more", _entries.Count - MostEntries);
            json.WriteEndObject();
        });
    }

    private static void WriteSection(
        Utf8JsonWriter json,
        IGrouping<string, Entry> section,
        Func<Entry, JsonElement?> side,
        Func<Entry, JsonElement?> other
    )
    {
        json.WritePropertyName(section.Key);
        if (section.First() is { Name: "" } only)
        {
            side(only)!.Value.WriteTo(json);
            return;
        }

        json.WriteStartObject();
        foreach (var entry in section)
        {
            json.WritePropertyName(entry.Name);
            WriteDifference(json, side(entry)!.Value, other(entry));
        }

        json.WriteEndObject();
    }

    private static void WriteDifference(Utf8JsonWriter json, JsonElement side, JsonElement? other)
    {
        json.WriteStartObject();
        foreach (var field in side.EnumerateObject())
        {
            var text = field.Value.GetRawText();
            if (other is { } there && there.TryGetProperty(field.Name, out var same) && same.GetRawText() == text)
                continue;
            json.WritePropertyName(field.Name);
            if (field.Name == ModelSettingsSnapshot.Secret)
                json.WriteStringValue(Mask);
            else
                json.WriteRawValue(AuditValue.Json(text)!, skipInputValidation: true);
        }

        json.WriteEndObject();
    }

    private sealed record Entry(string Section, string Name, JsonElement? Before, JsonElement? After);
}
