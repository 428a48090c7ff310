using Aios.Api.Shapes;
using Aios.Control.Confirm;
using Aios.Control.Flows;
using Aios.Store.Flows;

namespace Aios.Api.Subjects;

/// <summary>What flows and approvals look like in answers. <see cref="FlowForms"/> writes them.</summary>
internal static class FlowShapes
{
    private static readonly WholeShape Number = new(1);
    private static readonly WholeShape NumberOrNull = new(1) { OrNull = true };
    private static readonly WholeShape Count = new();
    private static readonly WholeShape CountOrNull = new() { OrNull = true };
    private static readonly AnyShape Any = new();

    private static readonly Field[] FlowFields =
    [
        new("id", Number with { About = "The number of its trigger" }),
        new("run_id", Number with { About = "The run that stands for it" }),
        new("parent_id", NumberOrNull with { About = "The flow of which it is a step" }),
        new("job_name", ApiShapes.Text),
        new(
            "status",
            ApiShapes.Text with
            {
                About = "That of its run; `waiting` if it goes on and nothing of it runs, `queued` if it is to begin again",
            }
        ),
        new("reason", ApiShapes.TextOrNull),
        new("waits_for", ApiShapes.TextOrNull with { About = "One of its steps that wait, and for what" }),
        new("attempt", Count with { About = "How often it was begun" }),
        new("started", ApiShapes.Instant),
        new("ended", ApiShapes.InstantOrNull),
        new("due", ApiShapes.InstantOrNull with { About = "When its timeout ends it" }),
    ];

    private static readonly ObjectShape Items = new(
        "StepItems",
        [new("count", Count), new("done", Count), new("open", Count), new("failed", Count)]
    );

    private static readonly ObjectShape Tried = new(
        "TriedRecovery",
        [
            new("recovery", ApiShapes.Text with { About = "What was tried: retry, with, step or person" }),
            new("reason", ApiShapes.Text with { About = "What had failed before" }),
            new("at", ApiShapes.Instant),
        ]
    );

    private static readonly ObjectShape Step = new(
        "FlowStep",
        [
            new("name", ApiShapes.Text),
            new("kind", ApiShapes.TextOrNull with { About = "What it does, as the job list calls it: file, command, approval, ..." }),
            new("needs", new ListShape(ApiShapes.Text) { About = "The steps before it" }),
            new("definition", Any with { About = "What the job list said of it when the flow began; null if the plan is gone" }),
            new(
                "status",
                new TextShape
                {
                    Choices = ["pending", .. Enum.GetValues<StepStatus>().Select(status => status.Name())],
                    About = "pending: not begun; blocked: not begun because of how a step before it ended",
                }
            ),
            new("reason", ApiShapes.TextOrNull with { About = "What it waits for, or why it ended as it did" }),
            new("attempts", Count),
            new("started", ApiShapes.InstantOrNull),
            new("ended", ApiShapes.InstantOrNull),
            new("due", ApiShapes.InstantOrNull with { About = "When its wait is over, or has taken too long" }),
            new("trigger_id", NumberOrNull),
            new("args", Any with { About = "What its trigger was given; null also if it has more than 65536 bytes" }),
            new("kwargs", Any),
            new("run_id", NumberOrNull with { About = "The latest run of its trigger" }),
            new("flow_id", NumberOrNull with { About = "The flow that runs for it" }),
            new("approval_id", NumberOrNull with { About = "What a person was asked last for it" }),
            new("signal", ApiShapes.TextOrNull with { About = "The signal for which it waits" }),
            new("items", Items with { OrNull = true }),
            new("tried", new ListShape(Tried) { About = "What its ladder (recover) has tried" }),
            new("result", Any with { About = "Null also if it has more than 65536 bytes" }),
            new("result_bytes", CountOrNull),
            new("result_file", ApiShapes.ResultFile),
        ]
    );

    /// <summary>How items and steps stand.</summary>
    public static readonly TextShape StepState = new() { Choices = [.. Enum.GetValues<StepStatus>().Select(status => status.Name())] };

    /// <summary>An item of a step with <c>each</c>.</summary>
    public static readonly ObjectShape Item = new(
        "StepItem",
        [
            new("item", Count with { About = "Its place in the list, from 0" }),
            new("status", StepState),
            new("reason", ApiShapes.TextOrNull with { About = "What it waits for, or why it ended as it did" }),
            new("attempts", Count),
            new("started", ApiShapes.InstantOrNull),
            new("ended", ApiShapes.InstantOrNull),
            new("due", ApiShapes.InstantOrNull),
            new("trigger_id", NumberOrNull),
            new("args", Any with { About = "What its trigger was given; null also if it has more than 65536 bytes" }),
            new("kwargs", Any),
            new("run_id", NumberOrNull with { About = "The latest run of its trigger" }),
            new("flow_id", NumberOrNull with { About = "The flow that runs for it" }),
            new("signal", ApiShapes.TextOrNull),
            new("result", Any with { About = "Null also if it has more than 65536 bytes" }),
            new("result_bytes", CountOrNull),
            new("result_file", ApiShapes.ResultFile),
        ]
    );

    /// <summary>A flow in a list.</summary>
    public static readonly ObjectShape FlowItem = new("FlowItem", [.. FlowFields]);

    /// <summary>A flow.</summary>
    public static readonly ObjectShape Flow = new(
        "Flow",
        [
            .. FlowFields,
            new("args", Any),
            new("kwargs", Any),
            new("result", Any),
            new("result_file", ApiShapes.ResultFile),
            new("steps", new ListShape(Step)),
        ]
    );

    /// <summary>The words for how an approval stands.</summary>
    public static readonly TextShape Status = new() { Choices = [.. Enum.GetValues<ApprovalStatus>().Select(FlowForms.Name)] };

    private static readonly Field[] ApprovalFields =
    [
        new("id", Number),
        new(
            "kind",
            ApiShapes.Text with
            {
                About =
                    "step; recovery: what becomes of a step that has failed; operation: of AIOS itself, another person confirms it; "
                    + "confirmation: the asker does; budget: more money for calls to language models",
            }
        ),
        new("flow_id", NumberOrNull),
        new("step", ApiShapes.TextOrNull),
        new("job_name", ApiShapes.TextOrNull),
        new("question", ApiShapes.Text),
        new("shown", Any with { About = "The values to look at, by name" }),
        new("digest", ApiShapes.Text with { About = "Names what was shown; a decision repeats it" }),
        new("fields", Any with { About = "The values that a decision must bring: names and types" }),
        new("by", Any with { About = "Who may decide: roles, names of keys and users; empty for all who may approve" }),
        new("need", Count with { About = "How many different people must approve" }),
        new("status", Status),
        new("reason", ApiShapes.TextOrNull),
        new("created", ApiShapes.Instant),
        new("expires", ApiShapes.InstantOrNull),
        new("on_expiry", ApiShapes.Text),
        new("decided", ApiShapes.InstantOrNull),
        new("result", Any with { About = "The values that the decision brought" }),
        new(
            "operation",
            new TextShape
            {
                Choices = [.. RiskyKinds.All, ApprovalKinds.Budget],
                OrNull = true,
                About = "The operation of AIOS itself that it confirms",
            }
        ),
        new("asked_by", ApiShapes.TextOrNull with { About = "Who asked to do that operation, and cannot decide" }),
        new("used", ApiShapes.InstantOrNull with { About = "When the operation was done; a confirmation counts once" }),
    ];

    /// <summary>An approval in a list.</summary>
    public static readonly ObjectShape ApprovalItem = new("ApprovalItem", [.. ApprovalFields]);

    /// <summary>An approval.</summary>
    public static readonly ObjectShape Approval = new(
        "Approval",
        [
            .. ApprovalFields,
            new(
                "decisions",
                new ListShape(
                    new ObjectShape(
                        "Decision",
                        [
                            new("actor", ApiShapes.Text),
                            new("origin", ApiShapes.Text),
                            new("decision", new TextShape { Choices = ["approve", "reject"] }),
                            new("at", ApiShapes.Instant),
                            new("comment", ApiShapes.TextOrNull),
                            new("fields", Any),
                        ]
                    )
                )
            ),
        ]
    );
}
