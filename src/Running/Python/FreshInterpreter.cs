namespace Aios.Running.Python;

/// <summary>A new interpreter for each call.</summary>
internal sealed class FreshInterpreter(IProcessHost host, RunFolder folder) : IPythonInterpreter
{
    private const string ScriptName = "run_function.py";

    private readonly Lock _gate = new();
    private readonly string _script = ReadScript();
    private bool _written;

    public IChild Start(Launch.Function call, ProcessSpec spec, IChildObserver observer)
    {
        // -B goes on to the processes that multiprocessing starts: no stale bytecode is left among the programs.
        string[] argv = [call.Interpreter, "-B", ScriptPath(), call.Programs, call.File, call.Name];
        var started = spec with { Executable = call.Interpreter, Argv = argv };
        SpecLimits.Check(started);
        return host.Start(started, observer);
    }

    private static string ReadScript()
    {
        using var stream = typeof(FreshInterpreter).Assembly.GetManifestResourceStream(ScriptName)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    // A file, so that `ps` shows which function runs, and multiprocessing finds the main module.
    private string ScriptPath()
    {
        var path = folder.PathOf(ScriptName);
        if (_written && File.Exists(path))
        {
            return path;
        }

        lock (_gate)
        {
            // By renaming, since another run may be reading it.
            File.Move(folder.Write(ScriptName + ".new", _script), path, overwrite: true);
            _written = true;
        }

        return path;
    }
}
