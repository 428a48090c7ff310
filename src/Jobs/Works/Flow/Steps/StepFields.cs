using System.Collections.Immutable;
using System.Text.Json;
using Aios.Jobs.Formats;
using Aios.Jobs.Places;
using Aios.Jobs.Schedules;
using Aios.Platform;

namespace Aios.Jobs.Works;

/// <summary>The fields that the steps of a flow can have: those of jobs that concern a single run, and those of the flow.</summary>
internal static class StepFields
{
    // What concerns a job as a whole.
    private static readonly string[] OfJobs =
    [
        "enabled",
        "priority",
        "overlap",
        "max_parallel",
        "notify",
        "deadline",
        "ping",
        "kwargs_schema",
    ];

    private static readonly JobField Needs = new JobField<ImmutableArray<string>>("needs", new StepNamesFormat())
    {
        Description = "The steps that must have ended before this one starts.",
        Example = "[check, fetch]",
        DefaultInWords = "the step before, if no step of the flow has `needs`; otherwise none",
        Get = job => job.Step.Needs,
        Set = (job, value) => job with { Step = job.Step with { Needs = value, HasNeeds = true } },
    };

    private static readonly JobField When = new JobField<string?>("when", new ConditionFormat())
    {
        Description = "A condition in CEL; if it is false, the step is skipped.",
        Example = "\"steps.check.result.rows > 0\"",
        DefaultInWords = "always true",
        Get = job => job.Step.When,
        Set = (job, value) => job with { Step = job.Step with { When = value } },
    };

    private static readonly JobField Each = new JobField<string?>("each", new EachFormat())
    {
        Description = "A list, or a reference to one; the step runs once for each item, which is `${item}`.",
        Example = "\"${steps.list.result}\"",
        Get = job => job.Step.EachJson,
        Set = (job, value) => job with { Step = job.Step with { EachJson = value } },
    };

    private static readonly JobField MaxParallel = new JobField<int?>("max_parallel", new OptionalFormat<int>(new IntegerFormat(1, 10_000)))
    {
        Description = "How many items of `each` run at once.",
        Example = "4",
        DefaultInWords = "10",
        Needs = Each,
        Get = job => job.MaxParallel,
        Set = (job, value) => job with { MaxParallel = value },
    };

    private static readonly JobField OnFailure = new JobField<bool>(
        "on_failure",
        new ChoiceFormat<bool>(("stop", false), ("continue", true))
    )
    {
        Description = "`stop`: if the step fails, the steps after it are skipped and the flow fails. `continue`: the flow goes on.",
        Example = "continue",
        Get = job => job.Step.ContinuesOnFailure,
        Set = (job, value) => job with { Step = job.Step with { ContinuesOnFailure = value } },
    };

    private static readonly JobField Always = new JobField<bool>("always", new BooleanFormat())
    {
        Description = "Whether the step runs whatever happened to the steps before it, to clean up.",
        Example = "true",
        Get = job => job.Step.IsAlways,
        Set = (job, value) => job with { Step = job.Step with { IsAlways = value } },
    };

    private static readonly JobField Recover = new JobField<ImmutableArray<RecoveryRung>>("recover", new RecoverFormat())
    {
        Description = "What to try when all attempts have failed, in this order: `retry`, `with`, `step` or `person`.",
        Example = "[{retry: [1m, 10m]}, {with: {timeout: 2h}}, person]",
        Get = job => job.Step.Recover,
        Set = (job, value) => job with { Step = job.Step with { Recover = value } },
    };

    // A command line that does nothing.
    private const string Placeholder = ":";

    private static readonly ImmutableArray<JobField> OfFlow = [Needs, When, Each, MaxParallel, OnFailure, Always, Recover];

    private static readonly JobField Name = new JobField<string?>("name", new NameFormat())
    {
        Description = "The step's name; unique in its flow.",
        Example = "check",
        IsRequired = true,
        Get = job => job.Name,
        Set = (job, value) => job with { Name = value! },
    };

    /// <summary>All of them.</summary>
    public static readonly JobFields Instance = new(
        new FieldSet(
            "step",
            [Name],
            [GeneralFields.Description],
            [.. GeneralFields.Middle.Where(field => !OfJobs.Contains(field.Name))],
            [.. GeneralFields.Last.Where(field => !OfJobs.Contains(field.Name)), .. OfFlow]
        ),
        [TriggerKind.Instance],
        [
            FileKind.Instance,
            CommandKind.Instance,
            ShellKind.Instance,
            LlmKind.Instance,
            JobCallKind.Instance,
            ApprovalKind.Instance,
            WaitKind.Instance,
            SetKind.Instance,
        ],
        PlaceKinds.All
    );

    /// <summary>Whether a field is about the step and not about what it runs.</summary>
    public static bool IsOfFlow(JobField field) => field == Name || OfFlow.Contains(field);

    /// <summary>Whether a value of that field may have references: it is then known when the step starts.</summary>
    public static bool TakesReferences(JobField field) => field != Name && !OfFlow.Contains(field);

    /// <summary>
    /// A step without what only its flow needs of it, and without what is evaluated apart, as JSON. Its command line is another
    /// one: values of references do not become a part of it (<see cref="ShellLine"/>).
    /// </summary>
    public static string WithoutRules(string json)
    {
        using var document = JsonDocument.Parse(json, DeepJson.Options);
        return JsonText.Write(writer =>
        {
            writer.WriteStartObject();
            foreach (var member in document.RootElement.EnumerateObject())
            {
                if (Instance.Find(member.Name) is not { } field || OfFlow.Contains(field) || IsEvaluatedApart(field))
                    continue;
                if (field == ShellKind.Instance.Key)
                    writer.WriteString(field.Name, Placeholder);
                else
                    member.WriteTo(writer);
            }

            writer.WriteEndObject();
        });
    }

    /// <summary>Whether the step itself does not depend on that field: its references are followed where they are used.</summary>
    public static bool IsEvaluatedApart(JobField field) =>
        field == When
        || field == Each
        || field.Name is "args" or "kwargs"
        || ApprovalKind.Instance.Fields.Contains(field)
        || field == WaitKind.Instance.Key
        || field == SetKind.Instance.Key;
}
