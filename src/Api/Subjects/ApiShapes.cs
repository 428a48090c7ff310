using Aios.Api.Shapes;
using Aios.Store.Events;
using Aios.Store.Jobs;
using Aios.Store.Runs;

namespace Aios.Api.Subjects;

/// <summary>What things look like in answers. <see cref="Control.JsonForms"/> writes them.</summary>
internal static class ApiShapes
{
    /// <summary>A text.</summary>
    public static readonly TextShape Text = new();

    /// <summary>A text or null.</summary>
    public static readonly TextShape TextOrNull = new() { OrNull = true };

    /// <summary>An instant, UTC.</summary>
    public static readonly InstantShape Instant = new();

    /// <summary>An instant or null.</summary>
    public static readonly InstantShape InstantOrNull = new() { OrNull = true };

    private static readonly WholeShape Number = new(1);
    private static readonly WholeShape Count = new();
    private static readonly WholeShape CountOrNull = new() { OrNull = true };
    private static readonly WholeShape AnyWholeOrNull = new(long.MinValue) { OrNull = true };
    private static readonly NumberShape NumberOrNull = new() { OrNull = true };
    private static readonly FlagShape Flag = new();

    /// <summary>The words for how a trigger or a run stands.</summary>
    public static readonly TextShape Status = new()
    {
        Choices = [.. Enum.GetValues<RunStatus>().Select(status => status.Name())],
        About = "docs/life-of-a-run.md lists how one leads to the next",
    };

    // In an adopted database a trigger may have had another word.
    private static readonly TextShape StoredStatus = new()
    {
        About = "One of the words that `status` filters by; `unknown` in rows of the Python original",
    };

    /// <summary>Where a long result is.</summary>
    public static readonly ObjectShape ResultFile = new(
        "ResultFile",
        [
            new("path", Text with { About = "Beside the database" }),
            new("bytes", Count),
            new("sha256", Text with { About = "Of the file, in hexadecimal" }),
        ]
    )
    {
        OrNull = true,
        About = "Where the result is, if it is longer than 1 MiB",
    };

    private static readonly Field[] RunFields =
    [
        new("id", Number),
        new("trigger_id", Count),
        new("flow_id", CountOrNull with { About = "The flow of which it is a step" }),
        new("job_name", Text),
        new("attempt", Count),
        new("status", StoredStatus),
        new("reason", TextOrNull),
        new("progress", NumberOrNull with { About = "How far it has come, from 0 to 1" }),
        new("progress_text", TextOrNull),
        new("device", Text),
        new("pid", CountOrNull),
        new("started", Instant),
        new("ended", InstantOrNull),
        new("exit_code", AnyWholeOrNull),
        new("signal", CountOrNull),
        new("cpu_seconds", NumberOrNull),
        new("peak_memory", CountOrNull with { About = "Bytes" }),
        new("output_bytes", CountOrNull),
        new("result_file", ResultFile),
    ];

    /// <summary>A run in a list.</summary>
    public static readonly ObjectShape RunItem = new("RunItem", [.. RunFields]);

    /// <summary>A run.</summary>
    public static readonly ObjectShape Run = new(
        "Run",
        [.. RunFields, new("result", new AnyShape { About = "What the program gave back, or null; null also if it is in result_file" })]
    );

    /// <summary>A trigger.</summary>
    public static readonly ObjectShape Trigger = new(
        "Trigger",
        [
            new("id", Number),
            new("flow_id", CountOrNull with { About = "The flow of which it is a step" }),
            new(
                "parent_run_id",
                CountOrNull with
                {
                    About = "The run that asked for it and waits for its end, as a model does for a tool",
                }
            ),
            new("job_name", Text),
            new("status", StoredStatus),
            new("reason", TextOrNull),
            new("note", TextOrNull),
            new("source", Text),
            new("attempt", Count),
            new("created", InstantOrNull),
            new("run_at", InstantOrNull),
            new("processed", InstantOrNull with { About = "When it was closed; null while it is open" }),
        ]
    );

    /// <summary>Several triggers.</summary>
    public static readonly ObjectShape Triggers = new(
        "Triggers",
        [
            new("items", new ListShape(Trigger)),
            new("created", Count with { About = "How many of them are new; the others carried their dedup_key already" }),
        ]
    );

    private static readonly ObjectShape Health = new(
        "JobHealth",
        [
            new(
                "state",
                new TextShape
                {
                    Choices = ["well", "flaky", "failing", "crash_loop", "late", "off"],
                    About = "The health of the job; off: disabled, paused, stopped or ended",
                }
            ),
            new("since", InstantOrNull with { About = "Since when it is not" }),
            new("failures", Count with { About = "How often it has failed since then" }),
            new("words", TextOrNull with { About = "The problem, and what must happen so that the job is well" }),
            new("run_id", Number with { OrNull = true, About = "The run that failed last" }),
        ]
    );

    private static readonly Field[] JobFields =
    [
        new("name", Text),
        new("type", Text),
        new("description", TextOrNull),
        new("enabled", Flag),
        new("held", new TextShape { Choices = ["paused", "stopped", "ended"], OrNull = true }),
        new("health", Health),
        new("tags", new ListShape(Text)),
        new("next", InstantOrNull with { About = "When its schedule runs it next" }),
        new("last_run", RunItem with { OrNull = true }),
    ];

    private static readonly Field[] JobWords =
    [
        new("waiting", TextOrNull with { About = "Why it does not run now; null if nothing prevents it" }),
        new("schedule", TextOrNull with { About = "When it runs, in words" }),
    ];

    private static readonly ObjectShape RecentRun = new(
        "RecentRun",
        [new("id", Number), new("status", StoredStatus), new("started", Instant), new("ended", InstantOrNull)]
    );

    /// <summary>A job in a list.</summary>
    public static readonly ObjectShape JobItem = new(
        "JobItem",
        [
            .. JobFields,
            .. JobWords,
            new("recent", new ListShape(RecentRun) { About = "Its latest runs, newest first, as many as `recent` asks for" }),
        ]
    );

    /// <summary>A job.</summary>
    public static readonly ObjectShape Job = new(
        "Job",
        [
            .. JobFields,
            .. JobWords,
            new("defined_at", Text with { About = "The place in the job list" }),
            new("definition", new MapShape(new AnyShape()) { About = "The fields of the job list that differ from their defaults" }),
            new("runs", new ListShape(RunItem) { About = "The latest" }),
        ]
    );

    /// <summary>When a job will run.</summary>
    public static readonly ObjectShape Occurrence = new(
        "Occurrence",
        [new("job_name", Text), new("at", InstantOrNull), new("reason", TextOrNull with { About = "Why it is not known" })]
    );

    /// <summary>A device.</summary>
    public static readonly ObjectShape Device = new(
        "Device",
        [
            new("device", Text),
            new("status", Text),
            new("tags", new ListShape(Text)),
            new("pid", Count),
            new("version", Text),
            new("max_parallel", Count),
            new("started", Instant),
            new("heartbeat", Instant),
            new("trouble", TextOrNull),
            new("engine", TextOrNull with { About = "The container engine or its problem; null if no job has an image" }),
        ]
    );

    /// <summary>A job that is held.</summary>
    public static readonly ObjectShape Hold = new("Hold", [new("job_name", Text), new("kind", Text), new("since", Instant)]);

    /// <summary>A line of the log.</summary>
    public static readonly ObjectShape LogLine = new(
        "LogLine",
        [
            new("id", Number),
            new("timestamp", Instant),
            new("level", Text),
            new("message", Text),
            new("device", Text),
            new("job_name", TextOrNull),
            new("run_id", CountOrNull),
            new("stream", TextOrNull),
        ]
    );

    /// <summary>Something that happened.</summary>
    public static readonly ObjectShape Event = new(
        "Event",
        [
            new("id", Number with { About = "Rises with each event, across restarts" }),
            new("kind", new TextShape { Choices = EventKinds.All }),
            new("at", Instant),
            new("job_name", TextOrNull),
            new("trigger_id", CountOrNull),
            new("run_id", CountOrNull),
            new("status", TextOrNull with { About = "The status of the run, the trigger, the step or the approval at that time" }),
            new("reason", TextOrNull),
            new("device", TextOrNull),
            new("progress", NumberOrNull),
            new("progress_text", TextOrNull),
            new("flow_id", CountOrNull),
            new("step", TextOrNull),
            new("approval_id", CountOrNull),
        ]
    );

    /// <summary>What an order to end something came to.</summary>
    public static readonly ObjectShape Stopped = new(
        "Stopped",
        [
            new("runs", new ListShape(Number) { About = "The runs that were asked to end" }),
            new("canceled_triggers", Count with { About = "Number of triggers that were canceled before they started" }),
        ]
    );

    /// <summary>A list of all there is.</summary>
    public static ObjectShape ListOf(ObjectShape item) => new($"{item.Name}List", [new("items", new ListShape(item))]);

    /// <summary>A page of a long list.</summary>
    public static ObjectShape PageOf(ObjectShape item) =>
        new(
            $"{item.Name}Page",
            [
                new("items", new ListShape(item) { About = "May be fewer than asked for, or none, although more follow" }),
                new("next_cursor", TextOrNull with { About = "For the next page; null if this is the last" }),
            ]
        );
}
