using System.Collections.Immutable;
using Aios.Jobs.Places;
using Aios.Jobs.Schedules;
using Aios.Jobs.Works;

namespace Aios.Jobs;

/// <summary>
/// A job as the job list defines it: what to run, when, where and under which rules. Valid by construction of the loader.
/// </summary>
internal sealed record Job
{
    /// <summary>No variables.</summary>
    public static readonly ImmutableSortedDictionary<string, string> NoEnv = ImmutableSortedDictionary.Create<string, string>(
        StringComparer.Ordinal
    );

    /// <summary>What a program ends with that went well, unless its job says otherwise.</summary>
    public static readonly ImmutableSortedSet<int> OnlyZero = [0];

    /// <summary>Unique within the list.</summary>
    public required string Name { get; init; }

    /// <summary>When it runs.</summary>
    public JobSchedule Schedule { get; init; } = TriggerKind.Instance.Blank;

    /// <summary>Whether it is started again whenever it ends.</summary>
    public bool IsKeptRunning => Schedule.Kind.StartedBy == StartedBy.Always;

    /// <summary>For people.</summary>
    public string? Description { get; init; }

    /// <summary>What it runs.</summary>
    public JobWork Work { get; init; } = CommandKind.Instance.Blank;

    /// <summary>
    /// The folder that its program starts in: relative to the home, or absolute in its container; null is the home, or where the
    /// image says.
    /// </summary>
    public string? Workdir { get; init; }

    /// <summary>Where it runs.</summary>
    public JobPlace Place { get; init; } = MachineKind.Instance.Blank;

    /// <summary>Positional arguments of occurrences, a JSON array. A trigger's own take their place.</summary>
    public string ArgsJson { get; init; } = "[]";

    /// <summary>Named arguments of occurrences, a JSON object. A trigger's own are laid over them, key by key.</summary>
    public string KwargsJson { get; init; } = "{}";

    /// <summary>The JSON Schema of its named arguments, JSON; null for whatever they are.</summary>
    public string? KwargsSchemaJson { get; init; }

    /// <summary>Added to the environment of the program.</summary>
    public ImmutableSortedDictionary<string, string> Env { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>
    /// Files of variables that are added, too; the last one counts most, and <see cref="Env"/> more than any. A dash before one
    /// lets it be missing.
    /// </summary>
    public ImmutableArray<string> EnvFiles { get; init; } = [];

    /// <summary>Where the values are that are masked in all that is kept or shown of its runs; see <see cref="SecretSource"/>.</summary>
    public ImmutableArray<string> Secrets { get; init; } = [];

    /// <summary>Which language models its programs may call.</summary>
    public ModelAccess Models { get; init; } = ModelAccess.None;

    /// <summary>Where their calls may go; null for what models.yaml says.</summary>
    public ModelPrivacy? Privacy { get; init; }

    /// <summary>What a device must have to run it.</summary>
    public ImmutableSortedSet<string> Tags { get; init; } = [];

    /// <summary>False: neither scheduled nor started; its triggers wait.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Higher runs first. A trigger's own priority takes its place.</summary>
    public int Priority { get; init; }

    /// <summary>How many more attempts after the first one failed.</summary>
    public int Retries { get; init; }

    /// <summary>The wait before each further attempt, or before a restart of an <c>always</c> job that did not last.</summary>
    public Backoff Backoff { get; init; } = Backoff.Default;

    /// <summary>The exit statuses with which a run has succeeded; never empty.</summary>
    public ImmutableSortedSet<int> SuccessCodes { get; init; } = OnlyZero;

    /// <summary>A run that takes longer is ended; null is no limit.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>How long a program may take to end after TERM before it is killed.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>What a run may use.</summary>
    public JobLimits Limits { get; init; } = JobLimits.None;

    /// <summary>What the list says about a run while another goes on; null leaves it to where the trigger came from.</summary>
    public Overlap? Overlap { get; init; }

    /// <summary>How many runs of this job may go on at once when they may overlap; null is the device's limit only.</summary>
    public int? MaxParallel { get; init; }

    /// <summary>Who is told when something is wrong with it, and when it is well again.</summary>
    public ImmutableArray<NoticeChannel> Notify { get; init; } = [];

    /// <summary>It must have succeeded within so long of its last success, or it is late; null is never late.</summary>
    public TimeSpan? Deadline { get; init; }

    /// <summary>Where a service that watches from outside is told how it goes.</summary>
    public PingUrls? Ping { get; init; }

    /// <summary>What a flow does with it, if it is a step of one.</summary>
    public StepRules Step { get; init; } = StepRules.None;

    /// <summary>Where the list defines it, for messages.</summary>
    public string DefinedAt { get; init; } = "";

    /// <summary>What of it runs somewhere: the steps of a flow, or the job itself.</summary>
    public IEnumerable<Job> Parts => Work is FlowWork flow ? flow.Steps.Select(step => step.Job) : [this];

    /// <summary>The job with other values of its schedule, if that is of this kind; else as it is.</summary>
    internal Job With<TSchedule>(Func<TSchedule, TSchedule> change)
        where TSchedule : JobSchedule => Schedule is TSchedule schedule ? this with { Schedule = change(schedule) } : this;

    /// <summary>The job with other values of its work, if that is of this kind; else as it is.</summary>
    internal Job Doing<TWork>(Func<TWork, TWork> change)
        where TWork : JobWork => Work is TWork work ? this with { Work = change(work) } : this;

    /// <summary>The job with other values of its place, if that is of this kind; else as it is.</summary>
    internal Job In<TPlace>(Func<TPlace, TPlace> change)
        where TPlace : JobPlace => Place is TPlace place ? this with { Place = change(place) } : this;
}
