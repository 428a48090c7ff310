namespace Aios.Running.Python;

/// <summary>A new interpreter for each call.</summary>
internal sealed class FreshInterpreter(IProcessHost host, PythonScripts scripts, RunFolder folder, RunFolder spare) : IPythonInterpreter
{
    public IChild Start(FunctionCall call, IRunObserver observer)
    {
        var files = RunFiles.Make(folder, spare, call.Request);
        observer.TalkBy(files);
        var function = call.Function;

        // -B goes on to the processes that multiprocessing starts: no stale bytecode is left among the programs.
        string[] argv =
        [
            function.Interpreter,
            "-B",
            scripts.Path(PythonScripts.RunFunction),
            function.Programs,
            function.File,
            function.Name,
            .. function.Preload,
        ];
        var spec = call.Spec with
        {
            Executable = function.Interpreter,
            Argv = argv,
            Environment = [.. call.Spec.Environment, .. files.Environment],
        };
        SpecLimits.Check(spec);
        return host.Start(spec, observer);
    }

    public void Dispose()
    {
        // Each run holds what it needs until its end.
    }
}
