using System.Text.Json;
using Aios.Jobs;
using Aios.Platform;
using Aios.Store.Audit;
using Aios.Store.Devices;

namespace Aios.Daemon.History;

/// <summary>What the daemon itself writes into the audit: that it started and ended, and what has changed in its files.</summary>
internal static class DaemonAudit
{
    private const int MostJobs = 200;

    /// <summary>It has started.</summary>
    /// <param name="context">Who it is.</param>
    /// <param name="former">What the boot before has left, or null.</param>
    public static AuditEntry Started(DaemonContext context, DeviceRecord? former) =>
        new(context.Now, By(context), AuditActions.DaemonStart)
        {
            BeforeJson = former is null
                ? null
                : JsonText.Write(json =>
                {
                    json.WriteStartObject();
                    json.WriteString("version", former.Version);
                    json.WriteString("status", former.Online ? "had not ended as it should" : "ended");
                    json.WriteEndObject();
                }),
            AfterJson = JsonText.Write(json =>
            {
                json.WriteStartObject();
                json.WriteString("version", ProductVersion.Current);
                json.WriteString("home", context.Settings.Home);
                json.WriteString("user", LocalUser.Name);
                json.WriteNumber("pid", Environment.ProcessId);
                json.WriteNumber("max_parallel", context.Settings.MaxParallel);
                json.WriteStartArray("tags");
                foreach (var tag in context.Settings.Tags)
                    json.WriteStringValue(tag);
                json.WriteEndArray();
                json.WriteEndObject();
            }),
        };

    /// <summary>It ends.</summary>
    public static AuditEntry Ended(DaemonContext context) => new(context.Now, By(context), AuditActions.DaemonStop);

    /// <summary>Its list has changed.</summary>
    public static AuditEntry ListChanged(DaemonContext context, IReadOnlyList<ListedJobChange> changes, DateTimeOffset now) =>
        new(now, By(context), AuditActions.ListChange)
        {
            JobName = changes is [var only] ? only.JobName : null,
            Subject =
                $"{changes.Count(change => change.Before is null)} new, "
                + $"{changes.Count(change => change.Before is not null && change.After is not null)} changed, "
                + $"{changes.Count(change => change.After is null)} removed",
            BeforeJson = changes.All(change => change.Before is null)
                ? null
                : Side(changes, change => change.Before, change => change.After),
            AfterJson = changes.All(change => change.After is null) ? null : Side(changes, change => change.After, change => change.Before),
        };

    /// <summary>Its models.yaml has changed; null if that is to be seen nowhere.</summary>
    public static AuditEntry? ModelsChanged(DaemonContext context, string? before, string after)
    {
        var difference = SettingsDifference.Of(before, after);
        return difference.IsEmpty
            ? null
            : new AuditEntry(context.Now, By(context), AuditActions.ModelsChange)
            {
                Subject = difference.Words,
                BeforeJson = difference.BeforeJson,
                AfterJson = difference.AfterJson,
            };
    }

    private static Actor By(DaemonContext context) => new($"device {context.Device}", "daemon");

    private static string Side(
        IReadOnlyList<ListedJobChange> changes,
        Func<ListedJobChange, string?> side,
        Func<ListedJobChange, string?> other
    ) =>
        JsonText.Write(json =>
        {
            json.WriteStartObject();
            json.WriteStartObject("jobs");
            foreach (var change in changes.Take(MostJobs).Where(change => side(change) is not null))
            {
                json.WriteStartObject(change.JobName);
                WriteDifference(json, side(change)!, other(change));
                json.WriteEndObject();
            }

            json.WriteEndObject();
            if (changes.Count > MostJobs)
                json.WriteNumber("more", changes.Count - MostJobs);
            json.WriteEndObject();
        });

    private static void WriteDifference(Utf8JsonWriter json, string side, string? other)
    {
        using var here = JsonDocument.Parse(side, DeepJson.Options);
        using var there = other is null ? null : JsonDocument.Parse(other, DeepJson.Options);
        if (side == other)
            json.WriteString("not_shown", "has another value");
        foreach (var field in here.RootElement.EnumerateObject())
        {
            var text = field.Value.GetRawText();
            if (
                field.Name == "name"
                || (there is not null && there.RootElement.TryGetProperty(field.Name, out var same) && same.GetRawText() == text)
            )
                continue;
            json.WritePropertyName(field.Name);
            json.WriteRawValue(AuditValue.Json(text)!, skipInputValidation: true);
        }
    }
}
