using Aios.Jobs;
using Aios.Running;

namespace Aios.Tests.Running;

/// <summary>A home with programs, and a runner for it.</summary>
internal sealed class Sandbox : IDisposable
{
    private static long _lastRunId;

    public Sandbox()
        : this((settings, time) => new Runner(settings, time)) { }

    public Sandbox(Func<RunningSettings, TimeProvider, Runner> runner)
    {
        Home = Directory.CreateTempSubdirectory("aios-running-").FullName;
        Programs = Directory.CreateDirectory(Path.Combine(Home, "Programs")).FullName;
        RunFiles = Path.Combine(Home, "run");
        Settings = new(Home, Programs, Path.Combine(Home, "orchestrator.db"), RunFiles, "device-1", "test:" + Guid.NewGuid());
        Runner = runner(Settings, TimeProvider.System);
    }

    public string Home { get; }

    public string Programs { get; }

    public string RunFiles { get; }

    public RunningSettings Settings { get; }

    public Runner Runner { get; }

    public RecordedOutput Output { get; } = new();

    public static Job Shell(string script) => Command("/bin/sh", "-c", script);

    public static Job Command(params string[] command) =>
        new()
        {
            Name = "job",
            Work = new CommandWork([.. command]),
            Grace = TimeSpan.FromSeconds(30),
        };

    public static Job File(string file, string? function = null) =>
        new()
        {
            Name = "job",
            Work = new FileWork { File = file, Function = function },
        };

    public string Write(string file, string text, bool executable = false)
    {
        var path = Path.Combine(Programs, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        System.IO.File.WriteAllText(path, text);
        if (executable && !OperatingSystem.IsWindows())
        {
            System.IO.File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return path;
    }

    public IRun Start(Job job, string args = "[]", string kwargs = "{}") =>
        Runner.Start(new(Interlocked.Increment(ref _lastRunId), 7, job, 1, args, kwargs), Output);

    /// <summary>To its end, which counts as written down.</summary>
    public async Task<RunOutcome> Run(Job job, string args = "[]", string kwargs = "{}")
    {
        var run = Start(job, args, kwargs);
        var outcome = await run.Completion.WaitAsync(Eventually.Guard);
        Runner.Forget(run.RunId);
        return outcome;
    }

    /// <summary>Writes a Python file and calls a function of it.</summary>
    public Task<RunOutcome> Python(string source, string function = "main", string args = "[]", string kwargs = "{}")
    {
        Write("program.py", source);
        return Run(File("program.py", function), args, kwargs);
    }

    public void Dispose()
    {
        Runner.Dispose();
        try
        {
            Directory.Delete(Home, recursive: true);
        }
        catch (IOException)
        {
            // A process that is just being killed wrote into it.
        }
    }
}
