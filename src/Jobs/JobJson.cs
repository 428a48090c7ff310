using System.Text.Json;

namespace Aios.Jobs;

/// <summary>Writes a job as JSON, in the form of the list: what it gives can be read again.</summary>
internal static class JobJson
{
    /// <summary>The job as JSON text: its name, its type, and what differs from the defaults.</summary>
    public static string Write(Job job) => JsonText.Write(json => Write(json, job));

    /// <summary>The same into a writer.</summary>
    public static void Write(Utf8JsonWriter json, Job job)
    {
        json.WriteStartObject();
        foreach (var field in JobFields.Of(job))
        {
            if (!field.IsWritten)
                continue;
            if (!field.IsRequired && field.IsDefault(job))
                continue;

            json.WritePropertyName(field.Name);
            field.WriteValue(json, job);
        }

        json.WriteEndObject();
    }
}
