using Aios.Jobs.Formats;

namespace Aios.Jobs.Works;

/// <summary><c>set: {...}</c></summary>
internal sealed class SetKind : WorkKind
{
    public static readonly SetKind Instance = new();

    public override JobField Key { get; } =
        new JobField<string?>("set", new ValuesFormat())
        {
            Description = "Values; they are the step's result.",
            Example = "{total: \"${size(steps.list.result)}\"}",
            OneOf = OneOfKeys,
            Get = job => (job.Work as SetWork)?.Json,
            Set = (job, value) => job.Doing<SetWork>(work => work with { Json = value! }),
        };

    public override JobWork Blank { get; } = new SetWork("{}");
}
