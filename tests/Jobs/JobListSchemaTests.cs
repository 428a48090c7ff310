using System.Text.Json;
using Aios.Jobs;

namespace Aios.Tests.Jobs;

/// <summary>Schema, table of fields and loader say the same, since all come from one table.</summary>
public sealed class JobListSchemaTests
{
    private static readonly string[] OfContainers = ["pull", "network", "volumes", "user", "gpus", "privileges"];
    private static readonly JsonElement Schema = JsonDocument.Parse(JobListSchema.Write()).RootElement;

    private static JsonElement Properties(string definition) =>
        Schema.GetProperty("$defs").GetProperty(definition).GetProperty("properties");

    [Fact]
    public void Each_field_is_in_the_schema_and_nothing_else_is()
    {
        var fields = JobFields.Standard.All.SelectMany(field => field.Names).ToArray();
        Assert.Equal(fields.Where(name => name != "cwd"), JobFields.Standard.All.Select(field => field.Name));
        Assert.Equal(fields, Properties("fields").EnumerateObject().Select(property => property.Name));
        Assert.Equal(fields.Where(name => name != "name"), Properties("defaults").EnumerateObject().Select(property => property.Name));
    }

    [Fact]
    public void The_fields_are_those_that_were_agreed() =>
        Assert.Equal(
            [
                "after_time",
                "args",
                "backoff",
                "before_time",
                "catch_up",
                "command",
                "cron",
                "deadline",
                "description",
                "enabled",
                "env",
                "env_file",
                "file",
                "function",
                "gpus",
                "grace",
                "image",
                "interval",
                "interval_minutes",
                "kwargs",
                "kwargs_schema",
                "limits",
                "llm",
                "max_parallel",
                "max_steps",
                "max_tokens",
                "min_confidence",
                "min_uptime",
                "model",
                "models",
                "name",
                "network",
                "notify",
                "overlap",
                "panel",
                "ping",
                "preload",
                "priority",
                "privacy",
                "privileges",
                "pull",
                "python",
                "restart",
                "retries",
                "role",
                "route",
                "schema",
                "secrets",
                "shell",
                "steps",
                "success_codes",
                "synthesizer",
                "system",
                "tags",
                "temperature",
                "time",
                "timeout",
                "timezone",
                "tools",
                "type",
                "user",
                "verify",
                "volumes",
                "workdir",
            ],
            JobFields.Standard.All.Select(field => field.Name).Order(StringComparer.Ordinal)
        );

    [Fact]
    public void Each_field_has_a_description_that_is_a_sentence() =>
        Assert.All(Properties("fields").EnumerateObject(), property =>
            Assert.EndsWith(".", property.Value.GetProperty("description").GetString(), StringComparison.Ordinal)
        );

    [Fact]
    public void The_examples_of_the_schema_load()
    {
        foreach (var field in JobFields.Standard.All)
        {
            foreach (var example in Properties("fields").GetProperty(field.Name).GetProperty("examples").EnumerateArray())
            {
                Assert.Empty(Lists.Errors(With(field, example.GetRawText())));
            }

            Assert.Empty(Lists.Errors(With(field, field.Example)));
        }
    }

    [Fact]
    public void The_schema_demands_what_the_loader_demands()
    {
        var daily = Schema
            .GetProperty("$defs")
            .GetProperty("job")
            .GetProperty("allOf")
            .EnumerateArray()
            .Single(rule =>
                rule.TryGetProperty("if", out var type)
                && type.GetProperty("properties").GetProperty("type").GetProperty("const").GetString() == "daily"
            )
            .GetProperty("then");
        Assert.Equal(["time"], daily.GetProperty("required").EnumerateArray().Select(name => name.GetString()!));
        Assert.Equal(JsonValueKind.False, daily.GetProperty("properties").GetProperty("interval").ValueKind);
    }

    [Fact]
    public void The_table_has_a_row_for_each_field_and_each_row_has_all_cells()
    {
        var rows = JobFieldTable.Markdown().TrimEnd('\n').Split('\n');
        Assert.Equal(JobFields.Standard.All.Length + 2, rows.Length);
        Assert.All(rows, row => Assert.Equal(7, row.Count(c => c == '|')));
        Assert.Contains(
            "| `time` | daily | time of day | required | The time of day at which the job runs, in `timezone`. | `time: \"09:00\"` |",
            rows
        );
        Assert.Contains(
            "| `grace` | all | duration | `\"10s\"` | How long a program may take to exit after TERM before it is killed. | `grace: 30s` |",
            rows
        );
    }

    private static string With(JobField field, string value)
    {
        var type =
            field.Name == "type" ? "daily"
            : field.IsForAll ? "trigger"
            : ScheduleKinds.All.First(field.BelongsTo).Name;
        var job = new Dictionary<string, string>
        {
            ["name"] = "a",
            ["type"] = type,
            ["file"] = "a.py",
        };
        foreach (var needed in JobFields.Standard.All.Where(other => other.IsRequired && !other.IsForAll && other.BelongsTo(Type(type))))
            job[needed.Name] = needed.Example;
        if (type == "interval")
            job["interval"] = "5m";
        if (field.Name == "preload")
            job["function"] = "main";
        if (OfContainers.Contains(field.Name))
            job["image"] = "python:3.13-slim";
        foreach (var rival in JobFields.Standard.All.Where(other => field.OneOf is not null && other.OneOf == field.OneOf))
            job.Remove(rival.Name);
        if (LlmKind.Instance.Fields.Contains(field))
            job.Remove("file");
        if (LlmKind.Instance.Fields.Contains(field) && field != LlmKind.Instance.Key)
            job["llm"] = "hello";
        job[field.Name] = value;
        return "- {" + LlmFieldTests.NeededBy(field) + string.Join(", ", job.Select(pair => $"{pair.Key}: {pair.Value}")) + "}\n";
    }

    private static ScheduleKind Type(string name) => ScheduleKinds.All.Single(kind => kind.Name == name);
}
