namespace Aios.Jobs.Works;

/// <summary><c>shell: ...</c></summary>
internal sealed class ShellKind : WorkKind
{
    public static readonly ShellKind Instance = new();

    public override JobField Key { get; } =
        new JobField<string?>("shell", new ShellFormat())
        {
            Description = "A command line for `/bin/sh`, with pipes, `&&`, `>` and variables; `args` are its `\"$@\"`.",
            Example = "\"cd photos && ls > list.txt\"",
            OneOf = OneOfKeys,
            Get = job => (job.Work as ShellWork)?.Line,
            Set = (job, value) => job.Doing<ShellWork>(work => work with { Line = value! }),
        };

    public override JobWork Blank { get; } = new ShellWork("");
}
