using System.Collections.Immutable;
using Aios.Jobs.Works;

namespace Aios.Running.Places;

/// <summary>How this machine starts the work of one run: programs are looked for on its PATH and in its folder of programs.</summary>
/// <param name="settings">Where things are.</param>
/// <param name="pythons">Which Python is meant.</param>
/// <param name="job">For messages.</param>
/// <param name="argsJson">The arguments of the run, a JSON array.</param>
/// <param name="path">The PATH that the program will see.</param>
/// <param name="folder">What it starts in.</param>
internal sealed class MachineHost(RunningSettings settings, PythonOfJob pythons, string job, string argsJson, string? path, string folder)
    : IWorkHost<Launch>
{
    public Launch Command(ImmutableArray<string> command)
    {
        if (command.IsDefaultOrEmpty)
            throw CommandResolver.Nothing(job);
        return new Launch.Command(ExecutableSearch.Find(command[0], path, folder), [.. command, .. ArgumentList.Parse(argsJson)]);
    }

    public Launch File(string file, string? interpreter)
    {
        var program = ProgramFile.Find(settings.ProgramsFolder, file);
        var prefix = CommandResolver.Prefix(program, () => pythons.Of(interpreter));
        string[] argv = [.. prefix, program, .. ArgumentList.Parse(argsJson)];
        return new Launch.Command(prefix.Count == 0 ? program : InterpreterOf(program, prefix[0]), argv);
    }

    public Launch Function(string file, string function, string? interpreter, ImmutableArray<string> preload)
    {
        var program = ProgramFile.Find(settings.ProgramsFolder, file);
        return new Launch.Function(
            settings.ProgramsFolder,
            program,
            function,
            ExecutableSearch.Find(pythons.Of(interpreter), path, settings.Home),
            preload
        );
    }

    private string InterpreterOf(string program, string name)
    {
        try
        {
            return ExecutableSearch.Find(name, path, folder);
        }
        catch (RunStartException error)
        {
            throw new RunStartException($"{program} needs '{name}' to run: {error.Message}");
        }
    }
}
