using System.Collections.Immutable;
using Aios.Jobs.Works;

namespace Aios.Running.Containers;

/// <summary>How a container starts the work of one run: an argument vector, whose first word is looked for on the image's PATH.</summary>
/// <param name="job">For messages.</param>
/// <param name="argsJson">The arguments of the run, a JSON array.</param>
/// <param name="programs">The folder of programs on this side.</param>
internal sealed class ContainerHost(string job, string argsJson, string programs) : IWorkHost<IReadOnlyList<string>>
{
    private const string UsualPython = "python3";

    public IReadOnlyList<string> Command(ImmutableArray<string> command) =>
        command.IsDefaultOrEmpty ? throw CommandResolver.Nothing(job) : [.. command, .. Arguments()];

    public IReadOnlyList<string> File(string file, string? interpreter)
    {
        var program = ProgramFile.Find(programs, file);
        return [.. CommandResolver.Prefix(program, () => interpreter ?? UsualPython), Inside(program), .. Arguments()];
    }

    public IReadOnlyList<string> Function(string file, string function, string? interpreter, ImmutableArray<string> preload)
    {
        var inside = Inside(ProgramFile.Find(programs, file));
        return
        [
            interpreter ?? UsualPython,
            "-B",
            ContainerLayout.InRun(ContainerLayout.Script),
            ContainerLayout.Programs,
            inside,
            function,
            .. preload,
        ];
    }

    private string Inside(string program) => ContainerLayout.InPrograms(Path.GetRelativePath(programs, program));

    private IEnumerable<string> Arguments() => ArgumentList.Parse(argsJson, takesBytes: false);
}
