namespace Aios.Jobs.Works;

/// <summary><c>wait: ...</c></summary>
internal sealed class WaitKind : WorkKind
{
    public static readonly WaitKind Instance = new();

    public override JobField Key { get; } =
        new JobField<WaitWork?>("wait", new WaitFormat())
        {
            Description = "A duration, an instant, or a signal to wait for.",
            Example = "{signal: paid}",
            OneOf = OneOfKeys,
            Get = job => job.Work as WaitWork,
            Set = (job, value) => job.Doing<WaitWork>(_ => value!),
        };

    public override JobWork Blank { get; } = new WaitWork("", null);
}
