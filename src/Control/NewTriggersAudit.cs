using System.Text.Json;
using Aios.Jobs;
using Aios.Platform;
using Aios.Store.Audit;
using Aios.Store.Triggers;

namespace Aios.Control;

/// <summary>What the audit says of new triggers: one row for all of one order. Of arguments it has the names only.</summary>
internal static class NewTriggersAudit
{
    private const int MostNames = 50;

    /// <summary>The entry.</summary>
    public static AuditEntry Entry(IReadOnlyList<(long Id, NewTrigger Trigger)> made, Actor by, DateTimeOffset now)
    {
        if (made is [var (id, trigger)])
            return new AuditEntry(now, by, AuditActions.TriggerCreate)
            {
                JobName = trigger.JobName,
                Subject = $"trigger {id}",
                AfterJson = One(trigger),
            };
        return new AuditEntry(now, by, AuditActions.TriggerCreate)
        {
            JobName = made.All(other => other.Trigger.JobName == made[0].Trigger.JobName) ? made[0].Trigger.JobName : null,
            Subject = $"triggers {made[0].Id} to {made[^1].Id}",
            AfterJson = Many(made),
        };
    }

    private static string? One(NewTrigger trigger) => Details(trigger) is var details and not "{}" ? details : null;

    private static string Details(NewTrigger trigger) =>
        JsonText.Write(json =>
        {
            json.WriteStartObject();
            WriteNames(json, trigger);
            if (trigger.RunAt is { } at)
                json.WriteInstant("run_at", at);
            if (trigger.Priority is { } priority)
                json.WriteNumber("priority", priority);
            if (trigger.DedupKey is { } key)
                json.WriteString("dedup_key", AuditValue.Cut(key));
            if (trigger.Note is { } note)
                json.WriteString("note", note);
            json.WriteEndObject();
        });

    private static string Many(IReadOnlyList<(long Id, NewTrigger Trigger)> made) =>
        JsonText.Write(json =>
        {
            var jobs = new SortedDictionary<string, int>(StringComparer.Ordinal);
            foreach (var (_, trigger) in made)
                jobs[trigger.JobName] = jobs.GetValueOrDefault(trigger.JobName) + 1;
            json.WriteStartObject();
            json.WriteNumber("triggers", made.Count);
            json.WriteStartObject("jobs");
            foreach (var (name, count) in jobs)
                json.WriteNumber(name, count);
            json.WriteEndObject();
            json.WriteEndObject();
        });

    // Values are the business of the run, and may be secret; the trigger's row has them as long as it is kept.
    private static void WriteNames(Utf8JsonWriter json, NewTrigger trigger)
    {
        string[] names = [.. trigger.ArgsJson.Length > 2 ? ["args"] : Array.Empty<string>(), .. NamesOf(trigger.KwargsJson)];
        if (names.Length == 0)
            return;
        json.WriteStartArray("arguments");
        foreach (var name in names)
            json.WriteStringValue(name);
        json.WriteEndArray();
    }

    private static List<string> NamesOf(string kwargsJson)
    {
        if (kwargsJson.Length <= 2)
            return [];
        using var kwargs = JsonDocument.Parse(kwargsJson, DeepJson.Options);
        if (kwargs.RootElement.ValueKind != JsonValueKind.Object)
            return [];
        return [.. kwargs.RootElement.EnumerateObject().Take(MostNames).Select(member => AuditValue.Cut(RawJson.Name(member)))];
    }
}
