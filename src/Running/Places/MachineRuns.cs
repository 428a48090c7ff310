using System.Collections.Concurrent;
using Aios.Jobs;
using Aios.Jobs.Places;
using Aios.Running.Failures;
using Aios.Running.Linux;
using Aios.Running.Linux.Warm;
using Aios.Running.Python;
using Aios.Running.Secrets;
using Aios.Store.Client;

namespace Aios.Running.Places;

/// <summary>Runs that are processes of this machine.</summary>
internal sealed class MachineRuns : IPlaceRunner
{
    private static readonly TimeSpan LongestDispose = TimeSpan.FromSeconds(5);

    private readonly RunningSettings _settings;
    private readonly TimeProvider _time;
    private readonly IProcessHost _host;
    private readonly IPythonInterpreter _python;
    private readonly ILimiter _limiter;
    private readonly CommandResolver _commands;
    private readonly RunEnvironment _environment;
    private readonly RunFolder _folder;
    private readonly RunFolder _spare;
    private readonly FailureWords _words;
    private readonly StartStamps _stamps;
    private readonly SharedFile _helper;
    private readonly SharedFile _noKwargs;
    private readonly ConcurrentDictionary<Run, bool> _running = new();

    public MachineRuns(RunningSettings settings, TimeProvider time, IProcessHost host, bool warm, Action<string> tell)
    {
        _settings = settings;
        _time = time;
        _host = host;
        _folder = new(settings.RunFilesFolder);
        _spare = new(RunFolder.SpareOf(settings.RunFilesFolder));
        _stamps = new(_folder, _spare);
        _python = Python(warm, tell);
        _limiter = host.MakeLimiter(settings.Marker);
        _commands = new(settings);
        _words = new(settings);
        var shared = Path.Combine(Path.GetDirectoryName(settings.RunFilesFolder)!, "lib");
        _helper = new(Path.Combine(shared, PythonClient.FileName), PythonClient.Read);
        _noKwargs = new(Path.Combine(shared, "no-kwargs.json"), () => RunFiles.NoKwargs);
        _environment = new(settings, shared);
    }

    /// <inheritdoc/>
    public PlaceKind Kind => MachineKind.Instance;

    /// <inheritdoc/>
    public IRun Start(RunRequest request, IRunOutput output)
    {
        var started = _time.GetUtcNow();
        Run? run = null;
        SecretMask? mask = null;
        IRunLimits? limits = null;
        try
        {
            var missing = new List<string>();
            mask = SecretSources.Read(request.Job, name => _environment.Find(request.Job, name), _settings.Home, missing.Add);
            var log = new RunLog(request.RunId, output, mask, _time);
            missing.ForEach(log.Say);
            var launch = _commands.Resolve(request.Job, request.ArgsJson, _environment.PathOf(request.Job));
            // Where it cannot be written, programs run without: few need it, and they say so.
            _ = _helper.Ensure();
            limits = _limiter.Prepare(request.Job.Limits, new(_settings.Marker, request.RunId));
            run = new(request, limits, log, _words, _time, started);
            run.Begin(Starter(launch, request, Spec(request, started) with { Limits = limits?.Start }));
            Remember(run);
            return run;
        }
        catch (Exception error)
            when (error is RunStartException or IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            run?.Abandon();
            limits?.End();
            var reason = LineText.Flatten(error.Message);
            return new UnstartedRun(request.RunId, mask?.Mask(reason) ?? reason, started);
        }
    }

    /// <inheritdoc/>
    public void Forget(long runId) => _stamps.Remove(runId);

    /// <inheritdoc/>
    public IEnumerable<string> Unkept(JobLimits limits) => _limiter.Unkept(limits);

    /// <summary>Kills what still runs and waits for its end, but not for ever. A daemon stops its runs before.</summary>
    public void Dispose()
    {
        var running = _running.Keys.ToArray();
        foreach (var run in running)
        {
            run.Stop(StopReason.Shutdown, "the daemon ended", atOnce: true);
        }

        _ = Task.WaitAll(running.Select(run => (Task)run.Completion).ToArray(), LongestDispose);
        _python.Dispose();
        _limiter.Dispose();
        _host.Dispose();
        _spare.RemoveIfEmpty();
    }

    private IPythonInterpreter Python(bool warm, Action<string> tell)
    {
        var scripts = new PythonScripts(_folder);
        var fresh = new FreshInterpreter(_host, scripts, _folder, _spare);
        return warm && _host is LinuxProcessHost host ? new WarmInterpreter(host, fresh, scripts, _folder, _time, tell) : fresh;
    }

    private ProcessSpec Spec(RunRequest request, DateTimeOffset started)
    {
        var environment = _environment.Of(request, Run.Deadline(request, started));
        return new(new(_settings.Marker, request.RunId), "", [], environment, WorkingFolder.Of(request.Job, _settings.Home))
        {
            Stamp = _stamps.PathOf(request),
        };
    }

    private Func<IRunObserver, IChild> Starter(Launch launch, RunRequest request, ProcessSpec spec) =>
        launch switch
        {
            Launch.Function function => observer => _python.Start(new(request, function, spec, _settings.Home), observer),
            Launch.Command command => observer => Start(command, request, spec, observer),
            _ => throw new ArgumentException($"no way to start a {launch.GetType().Name}", nameof(launch)),
        };

    private IChild Start(Launch.Command command, RunRequest request, ProcessSpec spec, IRunObserver observer)
    {
        var files =
            request.KwargsJson == RunFiles.NoKwargs && _folder.HasRoom && _noKwargs.Ensure()
                ? RunFiles.WithoutKwargs(_folder, request, _noKwargs.Path)
                : RunFiles.Make(_folder, _spare, request);
        observer.TalkBy(files);
        var whole = spec with
        {
            Executable = command.Executable,
            Argv = command.Argv,
            Environment = [.. spec.Environment, .. files.Environment],
        };
        SpecLimits.Check(whole);
        return _host.Start(whole, observer);
    }

    private void Remember(Run run)
    {
        _running[run] = true;
        run.Completion.ContinueWith(
            (_, state) => ((MachineRuns)state!)._running.TryRemove(run, out bool _),
            this,
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default
        );
    }
}
