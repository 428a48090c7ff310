using Aios.Jobs;
using Aios.Running.Places;

namespace Aios.Running;

/// <summary>From a job and its arguments to what is started.</summary>
internal sealed class CommandResolver(RunningSettings settings)
{
    private readonly PythonOfJob _pythons = new(settings.Home, settings.Python);

    /// <param name="job">What is started is its work.</param>
    /// <param name="argsJson">A JSON array.</param>
    /// <param name="path">The PATH that the program will see.</param>
    /// <exception cref="RunStartException">There is nothing that could be started.</exception>
    public Launch Resolve(Job job, string argsJson, string? path) =>
        job.Work.LaunchOn(new MachineHost(settings, _pythons, job.Name, argsJson, path, WorkingFolder.Find(job, settings.Home)));

    /// <summary>Why a job without work does not start. No list has one.</summary>
    public static RunStartException Nothing(string job) =>
        new($"job '{job}' names nothing to run; give it a `command`, a `shell` or a `file`");

    /// <summary>The interpreter, with its arguments, that a file needs; empty if the kernel can start the file itself.</summary>
    /// <param name="file">Absolute.</param>
    /// <param name="python">Asked for a Python program that does not name its interpreter.</param>
    /// <exception cref="RunStartException">Nothing is known that could start it.</exception>
    public static IReadOnlyList<string> Prefix(string file, Func<string> python)
    {
        var executable = ExecutableSearch.IsExecutable(file);
        var head = ProgramHead.Read(file);
        if (executable && (head.IsElf || (head.Shebang.Count > 0 && !head.ShebangEndsWithCr)))
        {
            return [];
        }

        if (head.Shebang.Count > 0)
        {
            return head.Shebang;
        }

        // Without a known extension it is left to the kernel, which may know more formats than we do (binfmt_misc).
        return Interpreters.For(file, python()) ?? (executable ? [] : throw NotExecutable(file));
    }

    private static RunStartException NotExecutable(string file) =>
        new(
            $"{file} is not executable, has no #! line, and its extension names no known interpreter; make it executable with: "
                + $"chmod +x '{file}'"
        );
}
