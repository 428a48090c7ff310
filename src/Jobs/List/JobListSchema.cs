using System.Text.Json;
using Aios.Jobs.Schedules;
using Aios.Jobs.Works;
using Aios.Jobs.Yaml;

namespace Aios.Jobs;

/// <summary>The JSON Schema of a job list, by which editors complete and check it.</summary>
internal static class JobListSchema
{
    private static readonly JobFields Fields = JobFields.Standard;

    /// <summary>The schema (draft 2020-12) as JSON text.</summary>
    public static string Write() => JsonText.Write(WriteRoot, indented: true);

    private static void WriteRoot(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("$schema", "https://json-schema.org/draft/2020-12/schema");
        json.WriteString("title", "AIOS job list");
        json.WriteString("description", "A list of jobs, or a map with defaults and jobs.");
        json.WriteStartArray("anyOf");
        WriteReference(json, "list");
        WriteReference(json, "map");
        json.WriteEndArray();
        json.WriteStartObject("$defs");
        WriteList(json, "list", "job");
        WriteList(json, "jobsWithDefaults", "jobWithDefaults");
        WriteMap(json);
        WriteFields(json, "defaults", field => field.MayBeDefault);
        WriteFields(json, "fields", _ => true);
        WriteStep(json);
        WriteJob(json);
        WriteJobWithDefaults(json);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteList(Utf8JsonWriter json, string name, string item)
    {
        json.WriteStartObject(name);
        json.WriteString("type", "array");
        WriteReference(json, "items", item);
        json.WriteEndObject();
    }

    // Where a file has defaults, a job may leave out what it would have to say otherwise.
    private static void WriteMap(Utf8JsonWriter json)
    {
        json.WriteStartObject("map");
        json.WriteString("type", "object");
        json.WriteStartObject("properties");
        WriteReference(json, "defaults", "defaults");
        WriteReference(json, "jobs", "jobsWithDefaults");
        json.WriteEndObject();
        json.WriteBoolean("additionalProperties", false);
        json.WriteStartObject("if");
        WriteNames(json, "required", ["defaults"]);
        json.WriteEndObject();
        json.WriteStartObject("else");
        json.WriteStartObject("properties");
        WriteReference(json, "jobs", "list");
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteFields(Utf8JsonWriter json, string name, Func<JobField, bool> isIn)
    {
        json.WriteStartObject(name);
        WriteProperties(json, Fields.All.Where(isIn), WriteForm);
        json.WriteEndObject();
    }

    private static void WriteProperties(Utf8JsonWriter json, IEnumerable<JobField> fields, Action<Utf8JsonWriter, JobField> writeForm)
    {
        json.WriteString("type", "object");
        json.WriteStartObject("properties");
        foreach (var (field, called) in fields.SelectMany(field => field.Names, (field, called) => (field, called)))
            WriteField(json, field, called, writeForm);
        json.WriteEndObject();
        json.WriteBoolean("additionalProperties", false);
    }

    private static void WriteStep(Utf8JsonWriter json)
    {
        var fields = StepFields.Instance;
        json.WriteStartObject("step");
        WriteProperties(json, fields.All, WriteStepForm);
        WriteNames(json, "required", ["name"]);
        json.WriteStartArray("allOf");
        foreach (var choice in fields.Choices(TriggerKind.Instance))
            WriteChoice(json, choice);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    // A reference may stand wherever a value is known only when the step starts.
    private static void WriteStepForm(Utf8JsonWriter json, JobField field)
    {
        if (!StepFields.TakesReferences(field))
        {
            WriteForm(json, field);
            return;
        }

        json.WriteStartArray("anyOf");
        json.WriteStartObject();
        field.WriteSchema(json);
        json.WriteEndObject();
        json.WriteStartObject();
        json.WriteString("type", "string");
        json.WriteString("pattern", "\\$\\{");
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteForm(Utf8JsonWriter json, JobField field)
    {
        field.WriteSchema(json);
        WriteDefault(json, field);
    }

    private static void WriteField(Utf8JsonWriter json, JobField field, string called, Action<Utf8JsonWriter, JobField> writeForm)
    {
        json.WriteStartObject(called);
        json.WriteString("description", called == field.Name ? Describe(field) : $"The same as {field.Name}.");
        writeForm(json, field);
        json.WriteStartArray("examples");
        YamlJson.Write(json, YamlTree.Read(field.Example)[0], new Reporter(new ProblemList(), "examples"));
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string Describe(JobField field)
    {
        var types = Fields.KindsOf(field) is { Length: > 0 } kinds ? $" For jobs of type {kinds}." : "";
        var byDefault = field.DefaultInWords is null ? "" : $" By default: {field.DefaultInWords}.";
        return field.Description + types + byDefault;
    }

    private static void WriteDefault(Utf8JsonWriter json, JobField field)
    {
        if (field.IsRequired || field.OneOf is not null || field.DefaultInWords is not null)
            return;
        if (JsonText.Write(field.WriteDefault) == "null")
            return;

        json.WritePropertyName("default");
        field.WriteDefault(json);
    }

    private static void WriteJob(Utf8JsonWriter json)
    {
        json.WriteStartObject("job");
        json.WriteString("$ref", "#/$defs/fields");
        WriteNames(json, "required", Fields.All.Where(field => field.IsRequired && field.IsForAll).Select(field => field.Name));
        WriteDependencies(json);
        json.WriteStartArray("allOf");
        foreach (var choice in Fields.Choices(TriggerKind.Instance))
            WriteChoice(json, choice);
        foreach (var field in Fields.All.Where(field => field.OtherName is not null))
            WriteOneName(json, field);
        foreach (var kind in Fields.Kinds)
            WriteRulesOf(json, kind);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteJobWithDefaults(Utf8JsonWriter json)
    {
        json.WriteStartObject("jobWithDefaults");
        json.WriteString("$ref", "#/$defs/fields");
        WriteNames(json, "required", Fields.All.Where(field => !field.MayBeDefault).Select(field => field.Name));
        json.WriteEndObject();
    }

    private static void WriteDependencies(Utf8JsonWriter json)
    {
        json.WriteStartObject("dependentRequired");
        foreach (var field in Fields.All)
            if (field.Needs is { } needed)
                WriteNames(json, field.Name, [needed.Name]);
        json.WriteEndObject();
    }

    private static void WriteRulesOf(Utf8JsonWriter json, ScheduleKind kind)
    {
        json.WriteStartObject();
        json.WriteStartObject("if");
        WriteNames(json, "required", ["type"]);
        json.WriteStartObject("properties");
        json.WriteStartObject("type");
        json.WriteString("const", kind.Name);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteStartObject("then");
        WriteNames(
            json,
            "required",
            Fields.All.Where(field => field.IsRequired && !field.IsForAll && field.BelongsTo(kind)).Select(field => field.Name)
        );
        json.WriteStartObject("properties");
        foreach (var field in Fields.All.Where(field => !field.BelongsTo(kind)))
            json.WriteBoolean(field.Name, false);
        json.WriteEndObject();
        WriteChoicesOf(json, kind);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteChoicesOf(Utf8JsonWriter json, ScheduleKind kind)
    {
        var choices = Fields.Choices(kind).Where(choice => !choice[0].IsForAll).ToArray();
        if (choices.Length == 0)
            return;

        json.WriteStartArray("allOf");
        foreach (var choice in choices)
            WriteChoice(json, choice);
        json.WriteEndArray();
    }

    private static void WriteOneName(Utf8JsonWriter json, JobField field)
    {
        json.WriteStartObject();
        json.WriteStartObject("not");
        WriteNames(json, "required", field.Names);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteChoice(Utf8JsonWriter json, IEnumerable<JobField> fields)
    {
        json.WriteStartObject();
        json.WriteStartArray("oneOf");
        foreach (var field in fields)
        {
            json.WriteStartObject();
            WriteNames(json, "required", [field.Name]);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteNames(Utf8JsonWriter json, string keyword, IEnumerable<string> names)
    {
        json.WriteStartArray(keyword);
        foreach (var name in names)
            json.WriteStringValue(name);
        json.WriteEndArray();
    }

    private static void WriteReference(Utf8JsonWriter json, string property, string definition)
    {
        json.WritePropertyName(property);
        WriteReference(json, definition);
    }

    private static void WriteReference(Utf8JsonWriter json, string definition)
    {
        json.WriteStartObject();
        json.WriteString("$ref", "#/$defs/" + definition);
        json.WriteEndObject();
    }
}
