using Aios.Jobs;

namespace Aios.Running;

/// <summary>From a job and its arguments to what is started.</summary>
internal sealed class CommandResolver(RunningSettings settings)
{
    private const string Shell = "/bin/sh";

    private readonly PythonOfJob _pythons = new(settings.Home, settings.Python);

    /// <param name="job">With a command, or a file, or a file and a function.</param>
    /// <param name="argsJson">A JSON array.</param>
    /// <param name="path">The PATH that the program will see.</param>
    /// <exception cref="RunStartException">There is nothing that could be started.</exception>
    public Launch Resolve(Job job, string argsJson, string? path)
    {
        var folder = WorkingFolder.Find(job, settings.Home);
        if (!job.Command.IsDefaultOrEmpty)
        {
            return new Launch.Command(ExecutableSearch.Find(job.Command[0], path, folder), [.. job.Command, .. ArgumentList.Parse(argsJson)]);
        }

        if (job.Shell is { } line)
        {
            return new Launch.Command(Shell, [.. OfShell(line), .. ArgumentList.Parse(argsJson)]);
        }

        if (job.File is not { } name)
        {
            throw new RunStartException($"job '{job.Name}' names nothing to run; give it a `command`, a `shell` or a `file`");
        }

        var file = ProgramFile.Find(settings.ProgramsFolder, name);
        return job.Function is { } function
            ? new Launch.Function(settings.ProgramsFolder, file, function, ExecutableSearch.Find(_pythons.Of(job), path, settings.Home), job.Preload)
            : FileCommand(job, file, argsJson, path, folder);
    }

    /// <summary>What a command line is run by; its arguments follow.</summary>
    public static IReadOnlyList<string> OfShell(string line) => [Shell, "-c", line, "sh"];

    private Launch.Command FileCommand(Job job, string file, string argsJson, string? path, string folder)
    {
        var prefix = Prefix(file, () => _pythons.Of(job));
        var argv = (string[])[.. prefix, file, .. ArgumentList.Parse(argsJson)];
        return new(prefix.Count == 0 ? file : Interpreter(prefix[0], file, path, folder), argv);
    }

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

    private static RunStartException NotExecutable(string file) => new(
        $"{file} is not executable, has no #! line, and its extension names no known interpreter; make it executable with: chmod +x '{file}'");

    private static string Interpreter(string name, string file, string? path, string folder)
    {
        try
        {
            return ExecutableSearch.Find(name, path, folder);
        }
        catch (RunStartException error)
        {
            throw new RunStartException($"{file} needs '{name}' to run: {error.Message}");
        }
    }
}
