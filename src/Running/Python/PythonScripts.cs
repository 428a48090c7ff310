namespace Aios.Running.Python;

/// <summary>
/// The scripts that are part of the executable, as files: so that an interpreter can be started with one, `ps` shows which
/// function runs, and multiprocessing finds the main module.
/// </summary>
internal sealed class PythonScripts(RunFolder folder)
{
    public const string RunFunction = "run_function.py";
    public const string ServeFunctions = "serve_functions.py";

    private readonly Lock _gate = new();
    private readonly HashSet<string> _written = [];

    /// <summary>The path of a script, which is there.</summary>
    /// <exception cref="RunStartException">It cannot be written.</exception>
    public string Path(string name)
    {
        var path = folder.PathOf(name);
        lock (_gate)
        {
            // One that was there before may be of another version.
            if (!_written.Contains(name) || !File.Exists(path))
            {
                // By renaming, since another run may be reading it.
                File.Move(folder.Write(name + ".new", Read(name)), path, overwrite: true);
                _written.Add(name);
            }
        }

        return path;
    }

    /// <summary>The text of a script.</summary>
    public static string Read(string name)
    {
        using var stream = typeof(PythonScripts).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
