using System.Text;
using System.Text.Json;
using Aios.Daemon.Claiming;
using Aios.Jobs;
using Aios.Jobs.Works;
using Aios.Platform;
using Aios.Store.Devices;

namespace Aios.Daemon.Ticks;

/// <summary>
/// A job's definition as the database, the audit and those who only look on have it: what a field may hold that nobody should
/// read is masked.
/// </summary>
internal static class JobDefinition
{
    private const string Mask = "***";

    /// <summary>For the database.</summary>
    public static ListedJob Of(Job job, DaemonContext context)
    {
        var whole = JobJson.Write(job);
        // With the database's id, so that equal values of two systems do not show as equal.
        var fingerprint = Convert.ToHexStringLower(Sha256.Of(Encoding.UTF8.GetBytes(context.DatabaseId + whole)).AsSpan(0, 16));
        return new ListedJob(
            job.Name,
            JobEligibility.CanRun(job, context.Settings.Tags),
            HasSecrets(job) ? Masked(whole) : whole,
            fingerprint
        )
        {
            Schedule = job.Enabled ? JobSchedules.Of(job, context.DatabaseId)?.Identity : null,
        };
    }

    /// <summary>As JSON, for those who may see the job but not what it knows.</summary>
    public static string Masked(Job job) => Masked(JobJson.Write(job));

    private static bool HasSecrets(Job job) =>
        JobFields.Of(job).Any(field => field.IsSecret && !field.IsDefault(job)) || job.Work is FlowWork;

    private static string Masked(string definition)
    {
        using var document = JsonDocument.Parse(definition, DeepJson.Options);
        return JsonText.Write(json =>
        {
            json.WriteStartObject();
            foreach (var field in document.RootElement.EnumerateObject())
            {
                json.WritePropertyName(field.Name);
                if (JobFields.Standard.Find(field.Name) is { IsSecret: true })
                    WriteMasked(json, field.Value);
                else if (field.Name == FlowKind.Instance.Key.Name)
                    WriteSteps(json, field.Value);
                else
                    field.Value.WriteTo(json);
            }

            json.WriteEndObject();
        });
    }

    private static void WriteSteps(Utf8JsonWriter json, JsonElement steps)
    {
        json.WriteStartArray();
        foreach (var step in steps.EnumerateArray())
            WriteStep(json, step);
        json.WriteEndArray();
    }

    // A step may be tried with other values in its ladder, too.
    private static void WriteStep(Utf8JsonWriter json, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            WriteSteps(json, value);
            return;
        }

        if (value.ValueKind != JsonValueKind.Object)
        {
            value.WriteTo(json);
            return;
        }

        json.WriteStartObject();
        foreach (var field in value.EnumerateObject())
        {
            json.WritePropertyName(field.Name);
            if (StepFields.Instance.Find(field.Name) is { IsSecret: true })
                WriteMasked(json, field.Value);
            else if (field.Name is "recover" or "with")
                WriteStep(json, field.Value);
            else
                field.Value.WriteTo(json);
        }

        json.WriteEndObject();
    }

    // The names in it stay, so that it can be told which of them came or went.
    private static void WriteMasked(Utf8JsonWriter json, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                json.WriteStartObject();
                foreach (var member in value.EnumerateObject())
                {
                    json.WritePropertyName(member.Name);
                    WriteMasked(json, member.Value);
                }

                json.WriteEndObject();
                break;
            case JsonValueKind.Array:
                json.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                    WriteMasked(json, item);
                json.WriteEndArray();
                break;
            default:
                json.WriteStringValue(Mask);
                break;
        }
    }
}
