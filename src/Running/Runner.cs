using System.Collections.Concurrent;
using Aios.Jobs;
using Aios.Running.Python;
using Aios.Running.Secrets;

namespace Aios.Running;

/// <summary>Starts commands, files and Python functions as processes of this machine.</summary>
public sealed class Runner : IRunner
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
    private readonly HelperModule _helper;
    private readonly ConcurrentDictionary<Run, bool> _running = new();

    /// <summary>With the best way to run processes that this system has.</summary>
    public Runner(RunningSettings settings, TimeProvider time)
        : this(settings, time, ProcessHosts.ForThisSystem())
    {
    }

    internal Runner(RunningSettings settings, TimeProvider time, IProcessHost host)
        : this(settings, time, host, new RunFolder(settings.RunFilesFolder))
    {
    }

    private Runner(RunningSettings settings, TimeProvider time, IProcessHost host, RunFolder folder)
        : this(settings, time, host, folder, new FreshInterpreter(host, folder))
    {
    }

    private Runner(RunningSettings settings, TimeProvider time, IProcessHost host, RunFolder folder, IPythonInterpreter python)
    {
        _settings = settings;
        _time = time;
        _host = host;
        _folder = folder;
        _spare = new(Path.Combine(Path.GetTempPath(), $"aios-{Path.GetFileName(settings.RunFilesFolder)}"));
        _python = python;
        _limiter = host.MakeLimiter(settings.Marker);
        _commands = new(settings);
        _helper = new(Path.Combine(Path.GetDirectoryName(settings.RunFilesFolder)!, "lib"));
        _environment = new(settings, _helper.Folder);
    }

    /// <inheritdoc/>
    public IRun Start(RunRequest request, IRunOutput output)
    {
        var started = _time.GetUtcNow();
        RunFiles? files = null;
        IRunLimits? limits = null;
        SecretMask? mask = null;
        try
        {
            var missing = new List<string>();
            mask = SecretSources.Read(request.Job, name => _environment.Find(request.Job, name), _settings.Home, missing.Add);
            var log = new RunLog(request.RunId, output, mask, _time);
            missing.ForEach(log.Say);
            var launch = _commands.Resolve(request.Job, request.ArgsJson, _environment.PathOf(request.Job));
            files = RunFiles.Make(_folder, _spare, request);
            _helper.Ensure();
            limits = _limiter.Prepare(request.Job.Limits, new(_settings.Marker, request.RunId));
            var run = new Run(request, files, limits, log, mask, _time, started);
            run.Begin(Starter(launch, Spec(request, files, started) with { Limits = limits?.Start }));
            Remember(run);
            return run;
        }
        catch (Exception e) when (e is StartFailure or IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            files?.Delete(request.Job.Function is not null);
            limits?.End();
            var reason = LineText.Flatten(e.Message);
            return new UnstartedRun(request.RunId, mask?.Mask(reason) ?? reason, started);
        }
    }

    /// <summary>The limits of a job that nothing keeps on this system, each with the reason.</summary>
    public IEnumerable<string> UnkeptLimits(Job job) => _limiter.Unkept(job.Limits);

    /// <summary>Kills what still runs and waits for its end, but not for ever. A daemon stops its runs before.</summary>
    public void Dispose()
    {
        var running = _running.Keys.ToArray();
        foreach (var run in running)
        {
            run.Stop(StopReason.Shutdown, "the daemon ended", atOnce: true);
        }

        _ = Task.WaitAll(running.Select(run => (Task)run.Completion).ToArray(), LongestDispose);
        _limiter.Dispose();
        _host.Dispose();
        _spare.RemoveIfEmpty();
    }

    private ProcessSpec Spec(RunRequest request, RunFiles files, DateTimeOffset started)
    {
        var environment = _environment.Of(request, files, Deadline(request, started));
        return new(new(_settings.Marker, request.RunId), "", [], environment, _settings.Home);
    }

    private static DateTimeOffset? Deadline(RunRequest request, DateTimeOffset started) =>
        request.Job.Timeout is { } timeout && timeout < DateTimeOffset.MaxValue - started ? started + timeout : null;

    private Func<IChildObserver, IChild> Starter(Launch launch, ProcessSpec spec)
    {
        if (launch is Launch.Function function)
        {
            return observer => _python.Start(function, spec, observer);
        }

        var command = (Launch.Command)launch;
        var whole = spec with { Executable = command.Executable, Argv = command.Argv };
        SpecLimits.Check(whole);
        return observer => _host.Start(whole, observer);
    }

    private void Remember(Run run)
    {
        _running[run] = true;
        run.Completion.ContinueWith(
            (_, state) => ((Runner)state!)._running.TryRemove(run, out bool _),
            this,
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }
}
