using Aios.Jobs.Formats;

namespace Aios.Jobs.Works;

/// <summary><c>job: NAME</c></summary>
internal sealed class JobCallKind : WorkKind
{
    public static readonly JobCallKind Instance = new();

    public override JobField Key { get; } =
        new JobField<string?>("job", new NameFormat())
        {
            Description = "A job of the list to run, which may be a flow, with `args` and `kwargs`.",
            Example = "report",
            OneOf = OneOfKeys,
            Get = job => (job.Work as JobCallWork)?.JobName,
            Set = (job, value) => job.Doing<JobCallWork>(work => work with { JobName = value! }),
        };

    public override JobWork Blank { get; } = new JobCallWork("");
}
