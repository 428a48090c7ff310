using Aios.Jobs;

namespace Aios.Running.Containers;

/// <summary>From a job and its arguments to what is started in its container.</summary>
/// <param name="Argv">The whole argument vector; the first word is looked for by the engine on the image's PATH.</param>
internal sealed record ContainerCommand(IReadOnlyList<string> Argv)
{
    private const string UsualPython = "python3";

    /// <exception cref="RunStartException">There is nothing that could be started.</exception>
    public static ContainerCommand Of(Job job, string argsJson, string programs)
    {
        if (!job.Command.IsDefaultOrEmpty) return new([.. job.Command, .. ArgumentList.Parse(argsJson, takesBytes: false)]);
        if (job.Shell is { } line) return new([.. CommandResolver.OfShell(line), .. ArgumentList.Parse(argsJson, takesBytes: false)]);
        if (job.File is not { } name) throw new RunStartException($"job '{job.Name}' names nothing to run; give it a `command`, a `shell` or a `file`");
        var file = ProgramFile.Find(programs, name);
        var inside = ContainerLayout.InPrograms(Path.GetRelativePath(programs, file));
        var python = job.Python ?? UsualPython;
        return job.Function is { } function
            ? new([python, "-B", ContainerLayout.InRun(ContainerLayout.Script), ContainerLayout.Programs, inside, function, .. job.Preload])
            : new([.. CommandResolver.Prefix(file, () => python), inside, .. ArgumentList.Parse(argsJson, takesBytes: false)]);
    }
}
