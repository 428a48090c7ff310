using System.Collections.Immutable;
using Aios.Jobs.Formats;

namespace Aios.Jobs.Works;

/// <summary><c>approval: ...</c></summary>
internal sealed class ApprovalKind : WorkKind
{
    private static readonly JobField Approval = new JobField<string?>("approval", new TextFormat())
    {
        Description = "A question to a person; the flow waits for the answer.",
        Example = "\"Send the report?\"",
        OneOf = OneOfKeys,
        Get = job => (job.Work as ApprovalWork)?.Question,
        Set = (job, value) => job.Doing<ApprovalWork>(work => work with { Question = value! }),
    };

    private static readonly JobField Show = new JobField<string?>("show", new ShowFormat())
    {
        Description = "What the person is shown: a map of names and values, or a list of references.",
        Example = "{total: \"${steps.check.result.total}\"}",
        Needs = Approval,
        Get = job => (job.Work as ApprovalWork)?.ShowJson,
        Set = (job, value) => job.Doing<ApprovalWork>(work => work with { ShowJson = value! }),
    };

    private static readonly JobField By = new JobField<ImmutableArray<string>>("by", new PeopleFormat())
    {
        Description = "Who may decide: roles, names of API keys, users of this machine.",
        Example = "[approver, anna]",
        DefaultInWords = "everybody who may approve",
        Needs = Approval,
        Get = job => (job.Work as ApprovalWork)?.By ?? [],
        Set = (job, value) => job.Doing<ApprovalWork>(work => work with { By = value }),
    };

    private static readonly JobField Need = new JobField<int>("need", new IntegerFormat(1, 10))
    {
        Description = "How many different people must approve.",
        Example = "2",
        DefaultInWords = "1",
        Needs = Approval,
        Get = job => (job.Work as ApprovalWork)?.Need ?? 1,
        Set = (job, value) => job.Doing<ApprovalWork>(work => work with { Need = value }),
    };

    private static readonly JobField Input = new JobField<ImmutableArray<ApprovalField>>("fields", new ApprovalFieldsFormat())
    {
        Description = "Values that the person enters; they are the step's result.",
        Example = "{amount: number, city: [Berlin, Bonn]}",
        Needs = Approval,
        Get = job => (job.Work as ApprovalWork)?.Fields ?? [],
        Set = (job, value) => job.Doing<ApprovalWork>(work => work with { Fields = value }),
    };

    private static readonly JobField Expires = new JobField<TimeSpan?>("expires", new OptionalFormat<TimeSpan>(DurationFormat.Positive))
    {
        Description = "How long the person has.",
        Example = "3d",
        DefaultInWords = "no limit",
        Needs = Approval,
        Get = job => (job.Work as ApprovalWork)?.Expires,
        Set = (job, value) => job.Doing<ApprovalWork>(work => work with { Expires = value }),
    };

    private static readonly JobField Expiry = new JobField<OnExpiry>(
        "on_expiry",
        new ChoiceFormat<OnExpiry>(("reject", OnExpiry.Reject), ("approve", OnExpiry.Approve), ("escalate", OnExpiry.Escalate))
    )
    {
        Description = "What happens if nobody decides in time.",
        Example = "escalate",
        Needs = Expires,
        Get = job => (job.Work as ApprovalWork)?.OnExpiry ?? OnExpiry.Reject,
        Set = (job, value) => job.Doing<ApprovalWork>(work => work with { OnExpiry = value }),
    };

    private static readonly JobField Escalate = new JobField<ImmutableArray<string>>("escalate", new PeopleFormat())
    {
        Description = "Who may decide after `on_expiry: escalate`.",
        Example = "[admin]",
        DefaultInWords = "everybody who may approve",
        Needs = Expiry,
        Get = job => (job.Work as ApprovalWork)?.Escalate ?? [],
        Set = (job, value) => job.Doing<ApprovalWork>(work => work with { Escalate = value }),
    };

    // After the fields that it takes in.
    public static readonly ApprovalKind Instance = new();

    public override JobField Key => Approval;

    public override JobWork Blank { get; } = new ApprovalWork();

    internal override ImmutableArray<JobField> Fields { get; } = [Approval, Show, By, Need, Input, Expires, Expiry, Escalate];

    protected override string[] InnerNames { get; } = ["question", "ask", "text"];

    internal override void Check(Job job, GivenFields given, Reporter report)
    {
        if (job.Work is not ApprovalWork work)
        {
            foreach (var field in Fields)
            {
                if (field != Key && given.Entry(field) is { } entry)
                    report.ForField(field.Name).Error(entry.Key, "belongs to a step with \"approval\"; remove it or ask something");
            }

            return;
        }

        if (given.Entry(Expiry) is { } expiry && work.Expires is null && !given.IsWrong(Expires))
            report.ForField(Expiry.Name).Error(expiry.Key, "needs \"expires\", which says when; add it, such as \"expires: 3d\"");
        if (given.Entry(Escalate) is { } escalate && work.OnExpiry != OnExpiry.Escalate)
            report.ForField(Escalate.Name).Error(escalate.Key, "needs \"on_expiry: escalate\"; add it or remove this");
        if (work.By.Length > 0 && work.By.Length < work.Need && given.Entry(Need) is { } need && !work.By.Any(PeopleFormat.IsRole))
            report
                .ForField(Need.Name)
                .Error(need.Value, $"asks for {work.Need} people, but \"by\" names {work.By.Length}; nobody can approve twice");
    }
}
