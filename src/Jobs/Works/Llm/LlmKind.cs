using System.Collections.Immutable;
using Aios.Expressions;
using Aios.Jobs.Formats;
using Aios.Jobs.Places;
using Aios.Jobs.Yaml;

namespace Aios.Jobs.Works;

/// <summary><c>llm: ...</c></summary>
internal sealed class LlmKind : WorkKind
{
    /// <summary>The fields that say who is asked; a job has at most one of them.</summary>
    public static readonly string[] TargetNames = ["role", "route", "model"];

    // What a process has, and a call has not.
    private static readonly string[] OfProcesses = ["success_codes", "workdir", "env", "env_file", "limits", "args"];
    private static readonly string[] Roots = ["args", "kwargs"];
    private static readonly NumberFormat Share = new(0, 1);

    private static readonly JobField Llm = new JobField<string?>("llm", new PromptFormat(mayHoldFields: true))
    {
        Description = "A question to a language model; its answer is the result.",
        Example = "\"Summarize in three sentences: ${kwargs.text}\"",
        OneOf = OneOfKeys,
        Get = job => (job.Work as LlmWork)?.Prompt,
        Set = (job, value) => job.Doing<LlmWork>(work => work with { Prompt = value! }),
    };

    private static readonly JobField Role = Target("role", "The role that is asked; roles are routes of `models.yaml`.", "synthesizer");
    private static readonly JobField Route = Target("route", "The route of `models.yaml` that is asked.", "cheap");
    private static readonly JobField Model = Target("model", "The model of `models.yaml` that is asked.", "llama");

    private static readonly JobField Instructions = new JobField<string?>("system", new PromptFormat(mayHoldFields: false))
    {
        Description = "Instructions that come before the prompt.",
        Example = "\"You write for the management. No adjectives.\"",
        Needs = Llm,
        Get = job => (job.Work as LlmWork)?.System,
        Set = (job, value) => job.Doing<LlmWork>(work => work with { System = value }),
    };

    private static readonly JobField Schema = new JobField<string?>("schema", new JsonSchemaFormat())
    {
        Description = "The JSON Schema of the answer, which is JSON then. An answer that does not meet it is asked for again.",
        Example = "{type: object, properties: {total: {type: number}}, required: [total]}",
        Needs = Llm,
        Get = job => (job.Work as LlmWork)?.SchemaJson,
        Set = (job, value) => job.Doing<LlmWork>(work => work with { SchemaJson = value }),
    };

    private static readonly JobField Temperature = new JobField<decimal?>(
        "temperature",
        new OptionalFormat<decimal>(new NumberFormat(0, 2))
    )
    {
        Description = "How much the answers vary.",
        Example = "0.2",
        DefaultInWords = "the model's own",
        Needs = Llm,
        Get = job => (job.Work as LlmWork)?.Temperature,
        Set = (job, value) => job.Doing<LlmWork>(work => work with { Temperature = value }),
    };

    private static readonly JobField MaxTokens = new JobField<int?>("max_tokens", new OptionalFormat<int>(new IntegerFormat(1, 10_000_000)))
    {
        Description = "The longest answer, in tokens.",
        Example = "800",
        DefaultInWords = "`max_output` of the model",
        Needs = Llm,
        Get = job => (job.Work as LlmWork)?.MaxTokens,
        Set = (job, value) => job.Doing<LlmWork>(work => work with { MaxTokens = value }),
    };

    private static readonly JobField Tools = new JobField<ImmutableArray<string>>("tools", new NameListFormat("names of jobs", "[lookup]"))
    {
        Description = "Jobs that the model may run; each call is a run of the job with the `kwargs` that the model gives.",
        Example = "[lookup_order, send_mail]",
        Needs = Llm,
        Get = job => (job.Work as LlmWork)?.Tools ?? [],
        Set = (job, value) => job.Doing<LlmWork>(work => work with { Tools = value }),
    };

    private static readonly JobField MaxSteps = new JobField<int>("max_steps", new IntegerFormat(1, 1000))
    {
        Description = "How often the model is asked at most while it uses tools.",
        Example = "5",
        DefaultInWords = $"{LlmWork.StandardSteps}",
        Needs = Tools,
        Get = job => (job.Work as LlmWork)?.MaxSteps ?? LlmWork.StandardSteps,
        Set = (job, value) => job.Doing<LlmWork>(work => work with { MaxSteps = value }),
    };

    private static readonly JobField Verify = new JobField<AnswerChecks>("verify", new VerifyFormat())
    {
        Description = "How the answer is checked: `schema`, `grounded`, `agree`, `judge`.",
        Example = "[{grounded: \"${kwargs.figures}\"}, {judge: {role: verifier, rubric: \"Is it polite?\"}}]",
        DefaultInWords = "no checks",
        Needs = Llm,
        Get = job => (job.Work as LlmWork)?.Verify ?? AnswerChecks.None,
        Set = (job, value) => job.Doing<LlmWork>(work => work with { Verify = value }),
    };

    private static readonly JobField MinConfidence = new JobField<decimal>("min_confidence", Share)
    {
        Description = "The lowest confidence of the checks with which the run succeeds.",
        Example = "0.8",
        Needs = Verify,
        Get = job => (job.Work as LlmWork)?.MinConfidence ?? 0,
        Set = (job, value) => job.Doing<LlmWork>(work => work with { MinConfidence = value }),
    };

    private static readonly JobField Panel = new JobField<ImmutableArray<string>>(
        "panel",
        new NameListFormat("routes or models", "[planner, executor]", least: 2)
    )
    {
        Description =
            "Routes or models that answer apart; the `synthesizer` makes one answer of theirs, with `consensus`, `contradictions` and "
            + "`blind_spots`.",
        Example = "[planner, executor, auditor]",
        Needs = Llm,
        Get = job => (job.Work as LlmWork)?.Panel ?? [],
        Set = (job, value) => job.Doing<LlmWork>(work => work with { Panel = value }),
    };

    private static readonly JobField Synthesizer = new JobField<string?>("synthesizer", new RouteNameFormat())
    {
        Description = "The route that makes one answer of those of the panel.",
        Example = "auditor",
        DefaultInWords = "the role `synthesizer`",
        Needs = Panel,
        Get = job => (job.Work as LlmWork)?.Synthesizer ?? LlmWork.StandardSynthesizer,
        Set = (job, value) => job.Doing<LlmWork>(work => work with { Synthesizer = value! }),
    };

    // After the fields that it takes in.
    public static readonly LlmKind Instance = new();

    public override JobField Key => Llm;

    public override JobWork Blank { get; } = new LlmWork("");

    internal override ImmutableArray<JobField> Fields { get; } =
    [Llm, Role, Route, Model, Instructions, Schema, Temperature, MaxTokens, Tools, MaxSteps, Verify, MinConfidence, Panel, Synthesizer];

    protected override string[] InnerNames { get; } = ["prompt"];

    internal override void Check(Job job, GivenFields given, Reporter report)
    {
        if (job.Work is not LlmWork work)
        {
            foreach (var field in Fields.Where(field => field != Key))
            {
                if (given.Entry(field) is { } entry)
                    report.ForField(field.Name).Error(entry.Key, "is only for jobs with \"llm\"; remove it, or add \"llm\"");
            }

            return;
        }

        CheckTargets(given, report);
        CheckNeeds(work, given, report);
        CheckPlace(job, given, report);
        if (report.Fields.HasTypes)
            CheckReferences(given, report);
    }

    private static JobField<string?> Target(string name, string description, string example) =>
        new(name, new RouteNameFormat())
        {
            Description = description,
            Example = example,
            DefaultInWords = name == "role" ? $"the route `{LlmWork.StandardRoute}`" : null,
            Needs = Llm,
            Get = job => job.Work is LlmWork { Target: { } target } && target.Field == name ? target.Name : null,
            Set = (job, value) =>
                value is null && job.Work is LlmWork { Target.Field: { } field } && field != name
                    ? job
                    : job.Doing<LlmWork>(work => work with { Target = value is null ? null : new LlmTarget(name, value) }),
        };

    private static void CheckTargets(GivenFields given, Reporter report)
    {
        var targets = new[] { Role, Route, Model }.Where(given.Has).ToArray();
        if (targets.Length > 1)
            report
                .ForField(targets[1].Name)
                .Error(
                    given.Entry(targets[1])!.Key,
                    $"\"{targets[0].Name}\" and \"{targets[1].Name}\" both name the target; keep one of them"
                );
    }

    private static void CheckNeeds(LlmWork work, GivenFields given, Reporter report)
    {
        if (work.Verify.Schema && work.SchemaJson is null && given.Entry(Verify) is { } verify && !given.Has(Schema))
            report.ForField(Verify.Name).Error(verify.Key, "\"schema\" is checked, and the job has no \"schema\"; add it");
        if (given.Entry(MinConfidence) is { } least && !work.Verify.IsAny && !given.Has(Verify))
            report
                .ForField(MinConfidence.Name)
                .Error(least.Key, "needs \"verify\", which says how sure the answer is; add it, such as verify: [schema]");
        if (given.Entry(MaxSteps) is { } steps && !given.Has(Tools))
            report.ForField(MaxSteps.Name).Error(steps.Key, "needs \"tools\"; remove it or name the jobs that the model may run");
        if (given.Entry(Synthesizer) is { } synthesizer && !given.Has(Panel))
            report.ForField(Synthesizer.Name).Error(synthesizer.Key, "needs \"panel\"; remove it or name those that answer");
        if (given.Entry(Panel) is { } panel && given.Has(Tools))
            report
                .ForField(Panel.Name)
                .Error(panel.Key, "a panel has no tools; let a step before it use the tools, and ask about its result");
    }

    private static void CheckPlace(Job job, GivenFields given, Reporter report)
    {
        foreach (var name in OfProcesses)
        {
            if (given.Entry(name) is { } entry && (name != "args" || !report.Fields.HasTypes))
                report
                    .ForField(name)
                    .Error(entry.Key, "belongs to what runs in a process, and a call to a language model has none; remove it");
        }

        if (job.Place is not MachinePlace && given.Entry("image") is { } image)
            report.ForField("image").Error(image.Key, "a call to a language model runs in no container; remove it");
        if (job.IsKeptRunning && given.Entry("type") is { } type)
            report
                .ForField("type")
                .Error(type.Key, "a job with \"llm\" ends by itself, so it cannot be of type always; use interval or trigger");
    }

    // Those of steps are held to their flow.
    private void CheckReferences(GivenFields given, Reporter report)
    {
        foreach (var (field, entry) in given.Own().Where(own => Fields.Contains(own.Field)))
        foreach (var scalar in StepReferences.TextsIn(entry.Value))
            CheckText(scalar, report.ForField(field.Name));
    }

    private static void CheckText(YamlScalar scalar, Reporter report)
    {
        try
        {
            foreach (var reference in Template.Parse(scalar.Text).References.Where(reference => !Roots.Contains(reference.Root)))
                report.Error(
                    scalar,
                    $"unknown reference {YamlScalar.Quoted(reference.Root)}; a job can use args and kwargs, a step of a flow also steps",
                    null,
                    report.Nearest(reference.Root, Roots)
                );
        }
        catch (ExpressionException error)
        {
            report.Error(scalar, error.Message);
        }
    }
}
