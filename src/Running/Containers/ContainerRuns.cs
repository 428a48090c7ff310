using System.Collections.Concurrent;
using Aios.Jobs;
using Aios.Jobs.Places;
using Aios.Running.Containers.Engine;
using Aios.Running.Places;
using Aios.Running.Python;
using Aios.Running.Secrets;
using Docker.DotNet.Models;

namespace Aios.Running.Containers;

/// <summary>
/// Runs that are containers. Nothing is opened before the first of them: who has none pays nothing. Safe from several
/// threads at once.
/// </summary>
internal sealed class ContainerRuns : IPlaceRunner
{
    private static readonly TimeSpan LongestDispose = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan BetweenSweeps = TimeSpan.FromSeconds(1);
    private const int MostTries = 15;

    private readonly RunningSettings _settings;
    private readonly TimeProvider _time;
    private readonly EnginePatience _patience;
    private readonly Lazy<EngineClient> _engine;
    private readonly ContainerRecipe _recipe;
    private readonly CancellationTokenSource _hurry = new();
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentDictionary<long, ContainerChild> _known = new();
    private readonly ConcurrentDictionary<long, Task> _removals = new();
    private readonly ConcurrentDictionary<Run, bool> _running = new();
    private EnginePaths? _paths;
    private Task _sweeps = Task.CompletedTask;

    /// <summary>With the engine that the environment names, or the usual one.</summary>
    public ContainerRuns(RunningSettings settings, TimeProvider time)
        : this(settings, time, () => EngineClient.OfEnvironment(time), EnginePatience.Usual) { }

    internal ContainerRuns(RunningSettings settings, TimeProvider time, Func<EngineClient> find, EnginePatience patience)
    {
        _settings = settings;
        _time = time;
        _patience = patience;
        _engine = new(find);
        _recipe = new(settings.Owner, settings.Home, settings.ProgramsFolder);
    }

    /// <inheritdoc/>
    public PlaceKind Kind => ContainerKind.Instance;

    /// <inheritdoc/>
    public IEnumerable<string> Unkept(JobLimits limits) => ContainerRecipe.Unkept(limits);

    /// <summary>How the engine is.</summary>
    public Task<EngineReport> Report() => EngineReport.Ask(() => _engine.Value, _end.Token);

    /// <summary>What became of a run's container, whoever made it. Waits for an engine that is not back yet.</summary>
    /// <exception cref="OperationCanceledException">This daemon ended meanwhile.</exception>
    public async Task<ContainerFate> FateOf(long runId)
    {
        try
        {
            var name = _settings.Owner.NameOf(runId);
            var found = await EnginePatience
                .Keep(_patience.ToReturn, _time, () => _engine.Value.Inspect(name, _end.Token), _end.Token)
                .ConfigureAwait(false);
            return found?.State is null or { Status: "created" } ? ContainerFate.NeverRan : ContainerFate.CanTell;
        }
        catch (EngineException)
        {
            return ContainerFate.Unknown;
        }
    }

    /// <summary>
    /// Removes the containers of a device, whatever they do, but for those of this boot and those that are kept; how many
    /// there were. As long as the engine does not answer this goes on, and nothing new is started: what was given up as lost
    /// must not run beside its next attempt.
    /// </summary>
    public Task<int> RemoveLeft(string device, Func<long, bool> isKept)
    {
        var sweep = Sweep(device, isKept);
        _sweeps = Task.WhenAll(_sweeps, sweep);
        return sweep;
    }

    /// <summary>The end of a run is durable: its container and its files can go. Returns at once.</summary>
    public void Forget(long runId)
    {
        if (!_known.TryRemove(runId, out var child))
            return;
        var removal = _removals[runId] = Task.Run(() => Remove(runId, child));
        Afterwards(removal, () => _removals.TryRemove(runId, out _));
    }

    /// <summary>Removes the files of a run that was lost, on this side. Its container may be gone already.</summary>
    public void RemoveFiles(long runId) => new ContainerFiles(_settings.ContainerFilesFolder, runId).Delete();

    /// <summary>Ends what still runs, and waits a moment for what is just being removed. A daemon stops its runs before.</summary>
    public void Dispose()
    {
        var running = _running.Keys.ToArray();
        foreach (var run in running)
            run.Stop(StopReason.Shutdown, "the daemon ended", atOnce: true);
        _ = Task.WaitAll([.. running.Select(run => (Task)run.Completion)], LongestDispose);
        _hurry.Cancel();
        _ = Task.WaitAll([.. _removals.Values], LongestDispose);
        _end.Cancel();
        if (_engine.IsValueCreated)
            _engine.Value.Dispose();
    }

    /// <summary>Makes and starts a run's container. Returns at once: making it may take long.</summary>
    public IRun Start(RunRequest request, IRunOutput output)
    {
        var started = _time.GetUtcNow();
        var files = FilesOf(request);
        var exchange = new ContainerExchange(files, request.Job.Work.IsFunction);
        var plan = new ContainerPlan(_settings.Owner.NameOf(request.RunId), request.Job, files, cancel =>
            Prepare(request, exchange, files, started, cancel)
        )
        {
            Programs = request.Job.Work.ProgramFile is null ? null : _settings.ProgramsFolder,
        };
        return Begin(request, started, plan, exchange, output);
    }

    /// <summary>Takes up a container that a daemon left which died.</summary>
    internal IRun TakeUp(RunRequest request, DateTimeOffset started, LogPosition? known, IRunOutput output)
    {
        var files = FilesOf(request);
        var plan = new ContainerPlan(_settings.Owner.NameOf(request.RunId), request.Job, files, prepare: null) { Known = known };
        return Begin(request, started, plan, new ContainerExchange(files, request.Job.Work.IsFunction), output);
    }

    private ContainerFiles FilesOf(RunRequest request) => new(_settings.ContainerFilesFolder, request.RunId);

    private async Task<(CreateContainerParameters Request, bool MustCopy)> Prepare(
        RunRequest request,
        ContainerExchange exchange,
        ContainerFiles files,
        DateTimeOffset started,
        CancellationToken cancel
    )
    {
        await WaitForSweeps(cancel).ConfigureAwait(false);
        var paths = _paths ??= await EnginePaths.Find(_engine.Value, cancel).ConfigureAwait(false);
        var environment = ContainerEnvironment.Of(request, _settings, started).Concat(exchange.Environment);
        var made = _recipe.Make(request, environment, files, paths, out var mustCopy);
        files.Write(request, request.Job.Work.IsFunction ? PythonScripts.Read(PythonScripts.RunFunction) : null);
        return (made, mustCopy);
    }

    private async Task WaitForSweeps(CancellationToken cancel)
    {
        try
        {
            await _sweeps.WaitAsync(_patience.ToStart, _time, cancel).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // It says why, if it is away.
            _ = await _engine.Value.Ping(cancel).ConfigureAwait(false);
            throw new EngineException("the container engine does not let go of what a former daemon left");
        }
    }

    private Run Begin(RunRequest request, DateTimeOffset started, ContainerPlan plan, ContainerExchange exchange, IRunOutput output)
    {
        var missing = new List<string>();
        var mask = SecretSources.Read(request.Job, name => ContainerEnvironment.Find(request.Job, name), _settings.Home, missing.Add);
        var log = new RunLog(request.RunId, output, mask, _time);
        missing.ForEach(log.Say);
        var run = new Run(request, limits: null, log, new(_settings), _time, started);
        run.Begin(observer =>
        {
            observer.TalkBy(exchange);
            var child = new ContainerChild(_engine.Value, plan, exchange, observer, _patience, _time);
            _known[request.RunId] = child;
            _ = Task.Run(child.Live);
            return child;
        });
        _running[run] = true;
        Afterwards(run.Completion, () => _running.TryRemove(run, out _));
        return run;
    }

    private static void Afterwards(Task task, Action act) =>
        _ = task.ContinueWith(_ => act(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

    private async Task<int> Sweep(string device, Func<long, bool> isKept)
    {
        while (!_end.IsCancellationRequested)
        {
            try
            {
                return await RemoveOnce(device, isKept).ConfigureAwait(false);
            }
            catch (Exception error) when (error is EngineException or OperationCanceledException)
            {
                await Task.WhenAny(Task.Delay(BetweenSweeps, _time, _end.Token)).ConfigureAwait(false);
            }
        }

        return 0;
    }

    private async Task<int> RemoveOnce(string device, Func<long, bool> isKept)
    {
        var all = await _engine.Value.List(ContainerOwner.Labels(_settings.Owner.Database, device), _end.Token).ConfigureAwait(false);
        var left = all.Where(one =>
                ContainerOwner.BootOf(one.Labels) != _settings.Owner.Boot && ContainerOwner.RunOf(one.Labels) is { } run && !isKept(run)
            )
            .ToList();
        foreach (var one in left)
        {
            await _engine.Value.Remove(one.ID, _end.Token).ConfigureAwait(false);
            RemoveFiles(ContainerOwner.RunOf(one.Labels)!.Value);
        }

        return left.Count;
    }

    // An engine that is away takes it later; the next start of the daemon removes what is left then.
    private async Task Remove(long runId, ContainerChild child)
    {
        await child.Ended.ConfigureAwait(false);
        child.Dispose();
        RemoveFiles(runId);
        var pause = FirstRetry;
        for (var tries = 1; ; tries++)
        {
            var isLast = tries == MostTries || _hurry.IsCancellationRequested;
            if (await TryRemove(runId).ConfigureAwait(false) || isLast)
                return;
            await Task.WhenAny(Task.Delay(pause, _time, _hurry.Token)).ConfigureAwait(false);
            pause = pause * 2 < LongestRetry ? pause * 2 : LongestRetry;
        }
    }

    private async Task<bool> TryRemove(long runId)
    {
        try
        {
            await _engine.Value.Remove(_settings.Owner.NameOf(runId), _end.Token).ConfigureAwait(false);
            return true;
        }
        catch (Exception error) when (error is EngineException or OperationCanceledException)
        {
            return false;
        }
    }
}
