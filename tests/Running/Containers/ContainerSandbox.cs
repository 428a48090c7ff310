using Aios.Jobs;
using Aios.Running;
using Aios.Running.Containers;
using Aios.Running.Containers.Engine;

namespace Aios.Tests.Running.Containers;

/// <summary>A home with programs, and runs in containers for it. None of them is left after <see cref="Dispose"/>.</summary>
internal sealed class ContainerSandbox : IDisposable
{
    private static readonly EnginePatience Patience = new(TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(20));
    private static long _lastRunId;

    private readonly string _database = Guid.NewGuid().ToString("n");

    public ContainerSandbox(EngineAddress? address = null)
    {
        Home = Directory.CreateTempSubdirectory("aios-containers-").FullName;
        Programs = Directory.CreateDirectory(Path.Combine(Home, "Programs")).FullName;
        Runs = Connect(address);
    }

    public string Home { get; }

    public string Programs { get; }

    public ContainerRuns Runs { get; }

    public RecordedOutput Output { get; } = new();

    public static Job Shell(string script, ContainerPlace? container = null) =>
        new()
        {
            Name = "job",

            Work = new CommandWork(["/bin/sh", "-c", script, "sh"]),
            Grace = TimeSpan.FromSeconds(30),
            Place = (container ?? new ContainerPlace()) with { Image = TestEngine.Busybox, Network = "none" },
        };

    /// <summary>The runs of another boot of the same device, as after a crash.</summary>
    public ContainerRuns Connect(EngineAddress? address = null)
    {
        var settings = new RunningSettings(
            Home,
            Programs,
            Path.Combine(Home, "orchestrator.db"),
            Path.Combine(Home, "run"),
            "device",
            "test"
        )
        {
            Owner = new ContainerOwner(_database, "device", Guid.NewGuid().ToString("n")),
        };
        return new ContainerRuns(settings, TimeProvider.System, () => TestEngine.Connect(address), Patience);
    }

    public static RunRequest Request(Job job, string args = "[]", string kwargs = "{}") =>
        new(Interlocked.Increment(ref _lastRunId), 7, job, 1, args, kwargs);

    public async Task<RunOutcome> Run(Job job, string args = "[]", string kwargs = "{}")
    {
        var run = Runs.Start(Request(job, args, kwargs), Output);
        var outcome = await run.Completion.WaitAsync(Eventually.Guard);
        Runs.Forget(run.RunId);
        return outcome;
    }

    /// <summary>Writes a Python file and calls a function of it.</summary>
    public Task<RunOutcome> Python(string source, string function = "main", string args = "[]", string kwargs = "{}")
    {
        File.WriteAllText(Path.Combine(Programs, "program.py"), source);
        return Run(
            new()
            {
                Name = "job",
                Work = new FileWork { File = "program.py", Function = function },
                Place = new ContainerPlace { Image = TestEngine.Python, Network = "none" },
            },
            args,
            kwargs
        );
    }

    public void Dispose()
    {
        Runs.Dispose();
        using (var last = Connect())
            last.RemoveLeft("device", _ => false).GetAwaiter().GetResult();
        Directory.Delete(Home, recursive: true);
    }
}
