using System.Collections.Immutable;
using Aios.Jobs.Formats;

namespace Aios.Jobs;

/// <summary>
/// The fields that a job can have whenever it runs. A new one is one more row here and one more property of <see cref="Job"/>.
/// </summary>
internal static class GeneralFields
{
    /// <summary>What the job is, before its type.</summary>
    public static readonly JobField Name = new JobField<string?>("name", new NameFormat())
    {
        Description = "The job's name; unique across all files.",
        Example = "report",
        IsRequired = true,
        MayBeDefault = false,
        Get = job => job.Name,
        Set = (job, value) => job with { Name = value! },
    };

    /// <summary>What a person reads about after its type.</summary>
    public static readonly JobField Description = new JobField<string?>("description", new TextFormat())
    {
        Description = "A description for people.",
        Example = "Mails the figures of the day before",
        Get = job => job.Description,
        Set = (job, value) => job with { Description = value },
    };

    /// <summary>What a person reads about after the work and the place, before the schedule.</summary>
    public static readonly ImmutableArray<JobField> Middle =
    [
        new JobField<string?>("workdir", new FolderFormat())
        {
            Description = "The working directory, relative to the home; in a container, an absolute path there.",
            Example = "/srv/shop",
            OtherName = "cwd",
            DefaultInWords = "the home; in a container, the image's working directory",
            DefaultFits = job => job.Place.CanStartIn(job.Workdir),
            Get = job => job.Workdir,
            Set = (job, value) => job with { Workdir = value },
        },
        new JobField<string>("args", new JsonFormat(isMap: false))
        {
            Description = "Positional arguments; those of a trigger replace them.",
            Example = "[Berlin, 7]",
            Get = job => job.ArgsJson,
            Set = (job, value) => job with { ArgsJson = value },
        },
        new JobField<string>("kwargs", new JsonFormat(isMap: true))
        {
            Description = "Named arguments; those of a trigger override them name by name.",
            Example = "{city: Berlin, days: 7}",
            Get = job => job.KwargsJson,
            Set = (job, value) => job with { KwargsJson = value },
        },
        new JobField<string?>("kwargs_schema", new JsonSchemaFormat())
        {
            Description = "The JSON Schema of the named arguments that a language model gives when it uses the job as a tool.",
            Example = "{type: object, properties: {city: {type: string}}, required: [city]}",
            DefaultInWords = "made from `kwargs`",
            Get = job => job.KwargsSchemaJson,
            Set = (job, value) => job with { KwargsSchemaJson = value },
        },
        new JobField<ImmutableSortedDictionary<string, string>>("env", new EnvFormat())
        {
            Description = "Additional environment variables.",
            Example = "{LANG: C}",
            IsSecret = true,
            Get = job => job.Env,
            Set = (job, value) => job with { Env = value },
        },
        new JobField<ImmutableArray<string>>("env_file", new EnvFilesFormat())
        {
            Description =
                "One or more files of environment variables, relative to the home; `env` overrides them. A file whose path begins with "
                + "`-` may be missing.",
            Example = "[shop.env, \"-local.env\"]",
            Get = job => job.EnvFiles,
            Set = (job, value) => job with { EnvFiles = value },
        },
        new JobField<ImmutableArray<string>>("secrets", new SecretsFormat())
        {
            Description = "Environment variables and files whose values are masked as `***` in the log, the reason and the result.",
            Example = "[API_KEY, \"file:secrets/key\"]",
            Get = job => job.Secrets,
            Set = (job, value) => job with { Secrets = value },
        },
        new JobField<ModelAccess>("models", new ModelsFormat())
        {
            Description = "Whether its programs may call language models through AIOS; a list names the routes they may call.",
            Example = "[default]",
            Get = job => job.Models,
            Set = (job, value) => job with { Models = value },
        },
        new JobField<ModelPrivacy?>("privacy", new OptionalFormat<ModelPrivacy>(ModelPrivacyFormat.Instance))
        {
            Description = "Where calls of its programs to language models may go.",
            Example = "local-only",
            DefaultInWords = "what `models.yaml` says",
            Get = job => job.Privacy,
            Set = (job, value) => job with { Privacy = value },
        },
        new JobField<ImmutableSortedSet<string>>("tags", new TagsFormat())
        {
            Description = "The tags that a device must have to run the job.",
            Example = "[gpu, linux]",
            Get = job => job.Tags,
            Set = (job, value) => job with { Tags = value },
        },
        new JobField<bool>("enabled", new BooleanFormat())
        {
            Description = "Whether the job runs at all; triggers of a disabled job wait.",
            Example = "false",
            Get = job => job.Enabled,
            Set = (job, value) => job with { Enabled = value },
        },
        new JobField<int>("priority", new IntegerFormat(-1_000_000, 1_000_000))
        {
            Description = "Triggers with a higher priority run first.",
            Example = "10",
            Get = job => job.Priority,
            Set = (job, value) => job with { Priority = value },
        },
    ];

    /// <summary>What a person reads about after the schedule.</summary>
    public static readonly ImmutableArray<JobField> Last =
    [
        new JobField<int>("retries", new IntegerFormat(0, 1000))
        {
            Description = "The number of further attempts after the first one has failed.",
            Example = "3",
            Get = job => job.Retries,
            Set = (job, value) => job with { Retries = value },
        },
        new JobField<Backoff>("backoff", new BackoffFormat())
        {
            Description = "The wait before the next attempt: a duration that doubles each time, or a list whose last value repeats.",
            Example = "[5s, 30s, 2m]",
            Get = job => job.Backoff,
            Set = (job, value) => job with { Backoff = value },
        },
        new JobField<ImmutableSortedSet<int>>("success_codes", new SuccessCodesFormat())
        {
            Description = "The exit statuses that mean success; a run that ends with any other has failed.",
            Example = "[0, 2]",
            Get = job => job.SuccessCodes,
            Set = (job, value) => job with { SuccessCodes = value },
        },
        new JobField<TimeSpan?>("timeout", new OptionalFormat<TimeSpan>(DurationFormat.Positive))
        {
            Description = "The maximum duration of a run; AIOS stops a run that takes longer.",
            Example = "10m",
            DefaultInWords = "no limit",
            Get = job => job.Timeout,
            Set = (job, value) => job with { Timeout = value },
        },
        new JobField<TimeSpan>("grace", new DurationFormat(TimeSpan.Zero, TimeSpan.FromHours(1)))
        {
            Description = "How long a program may take to exit after TERM before it is killed.",
            Example = "30s",
            Get = job => job.Grace,
            Set = (job, value) => job with { Grace = value },
        },
        new JobField<JobLimits>("limits", new LimitsFormat())
        {
            Description = "Resource limits of a run.",
            Example = "{memory: 512M, cpu_time: 60s, processes: 20}",
            Get = job => job.Limits,
            Set = (job, value) => job with { Limits = value },
        },
        new JobField<Overlap?>(
            "overlap",
            new ChoiceFormat<Overlap?>(("skip", Overlap.Skip), ("queue", Overlap.Queue), ("parallel", Overlap.Parallel))
        )
        {
            Description = "What happens if the job is due while it is still running.",
            Example = "queue",
            DefaultInWords = "`skip` for scheduled runs; for other triggers, `parallel` if the type is trigger, otherwise `queue`",
            DefaultFits = job => job.MaxParallel is null or 1,
            Get = job => job.Overlap,
            Set = (job, value) => job with { Overlap = value },
        },
        new JobField<int?>("max_parallel", new OptionalFormat<int>(new IntegerFormat(1, int.MaxValue)))
        {
            Description = "The maximum number of concurrent runs of the job.",
            Example = "4",
            DefaultInWords = "the device's limit",
            DefaultFits = job => job.Overlap is null or Overlap.Parallel,
            Get = job => job.MaxParallel,
            Set = (job, value) => job with { MaxParallel = value },
        },
        new JobField<ImmutableArray<NoticeChannel>>("notify", new NotifyFormat())
        {
            Description = "Where to send notices when the job fails, recovers, is in a crash loop or is late.",
            Example = "[{email: ops@example.org, on: [failure, recovery]}]",
            IsSecret = true,
            Get = job => job.Notify,
            Set = (job, value) => job with { Notify = value },
        },
        new JobField<TimeSpan?>("deadline", new OptionalFormat<TimeSpan>(new DurationFormat(TimeSpan.FromSeconds(1), Duration.Longest)))
        {
            Description = "The job is late if it has not succeeded for this long.",
            Example = "26h",
            IsForKeptRunning = false,
            DefaultInWords = "never late",
            Get = job => job.Deadline,
            Set = (job, value) => job with { Deadline = value },
        },
        new JobField<PingUrls?>("ping", new PingFormat())
        {
            Description = "A heartbeat service to which each start, success and failure is reported.",
            Example = "\"https://hc-ping.com/your-uuid\"",
            IsSecret = true,
            Get = job => job.Ping,
            Set = (job, value) => job with { Ping = value },
        },
    ];
}
