using System.Collections.Immutable;
using Aios.Jobs;
using Aios.Running.Containers;
using Aios.Running.Places;

namespace Aios.Running;

/// <summary>Starts each run in the place of its job. What runs a kind of place is registered by its line in the constructor.</summary>
internal sealed class Runner : IRunner
{
    private readonly RunningSettings _settings;
    private readonly TimeProvider _time;
    private readonly ImmutableArray<IPlaceRunner> _places;

    /// <summary>With the best way to run processes that this system has.</summary>
    /// <param name="settings">Where things are.</param>
    /// <param name="time">The clock.</param>
    /// <param name="tell">Takes what somebody may want to know of how things are run, one line each.</param>
    /// <param name="more">What runs jobs that need no process; each is asked before the places of this machine.</param>
    public Runner(RunningSettings settings, TimeProvider time, Action<string>? tell = null, IEnumerable<IPlaceRunner>? more = null)
        : this(settings, time, ProcessHosts.ForThisSystem(), warm: true, tell ?? (_ => { }), more ?? []) { }

    internal Runner(RunningSettings settings, TimeProvider time, IProcessHost host, bool warm = true, Action<string>? tell = null)
        : this(settings, time, host, warm, tell ?? (_ => { }), []) { }

    /// <summary>With more places than AIOS has.</summary>
    internal Runner(
        RunningSettings settings,
        TimeProvider time,
        IProcessHost host,
        bool warm,
        Action<string> tell,
        IEnumerable<IPlaceRunner> more
    )
    {
        _settings = settings;
        _time = time;
        Containers = new(settings, time);
        _places = [.. more, new MachineRuns(settings, time, host, warm, tell), Containers];
    }

    /// <summary>Those of its runs that are containers.</summary>
    public ContainerRuns Containers { get; }

    /// <inheritdoc/>
    public IRun Start(RunRequest request, IRunOutput output)
    {
        try
        {
            request = request with { Job = EnvFiles.Apply(request.Job, _settings.Home) };
        }
        catch (RunStartException error)
        {
            return new UnstartedRun(request.RunId, LineText.Flatten(error.Message), _time.GetUtcNow());
        }

        return PlaceOf(request.Job).Start(request, output);
    }

    /// <inheritdoc/>
    public IRun TakeUp(RunRequest request, DateTimeOffset started, LogPosition? known, IRunOutput output) =>
        Containers.TakeUp(WithEnvFiles(request), started, known, output);

    /// <inheritdoc/>
    public void Forget(long runId)
    {
        foreach (var place in _places)
            place.Forget(runId);
    }

    /// <summary>The limits of a job that nothing keeps on this system, each with the reason.</summary>
    public IEnumerable<string> UnkeptLimits(Job job) => PlaceOf(job).Unkept(job.Limits);

    /// <summary>Kills what still runs and waits for its end, but not for ever. A daemon stops its runs before.</summary>
    public void Dispose()
    {
        foreach (var place in _places)
            place.Dispose();
    }

    // What has begun is not failed for a file that has gone meanwhile; it is but less masked.
    private RunRequest WithEnvFiles(RunRequest request)
    {
        try
        {
            return request with { Job = EnvFiles.Apply(request.Job, _settings.Home) };
        }
        catch (RunStartException)
        {
            return request;
        }
    }

    private IPlaceRunner PlaceOf(Job job) => _places.First(place => place.Runs(job));
}
