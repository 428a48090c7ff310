using System.Diagnostics;
using Aios.Tests.Docs;

namespace Aios.Tests.Support;

/// <summary>A Python program that imports the helper and that somebody starts by hand, in a folder of its own.</summary>
internal sealed class PythonByHand : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(100);
    private readonly Process _process;
    private readonly Task<string> _out;
    private readonly Task<string> _error;

    private PythonByHand(Process process)
    {
        _process = process;
        _out = process.StandardOutput.ReadToEndAsync();
        _error = process.StandardError.ReadToEndAsync();
    }

    /// <summary>The helper's source.</summary>
    public static string Module { get; } = Path.Combine(Documents.Root, "src", "Store", "Sqlite", "Client", "aios.py");

    /// <summary>Starts it.</summary>
    public static PythonByHand Start(string folder, string source, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("python3", ["-B", "-c", "import aios\n" + source])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("AIOS_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        start.Environment["PYTHONPATH"] = Path.GetDirectoryName(Module);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return new PythonByHand(Process.Start(start)!);
    }

    /// <summary>Runs it to its end; what it printed, which must not hold an error.</summary>
    public static string Run(string folder, string source, params (string Name, string Value)[] environment)
    {
        using var python = Start(folder, source, environment);
        var (status, output, error) = python.End();
        Assert.True(status == 0, error);
        return output.TrimEnd('\n');
    }

    /// <summary>Waits for its end.</summary>
    public (int Status, string Out, string Error) End()
    {
        Assert.True(_process.WaitForExit(Longest) && Task.WaitAll([_out, _error], Longest), "the program has not ended");
        return (_process.ExitCode, _out.Result, _error.Result);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }
}
