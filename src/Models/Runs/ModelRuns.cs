using System.Collections.Concurrent;
using Aios.Jobs;
using Aios.Jobs.Places;
using Aios.Jobs.Works;
using Aios.Models.Calls;
using Aios.Running;
using Aios.Running.Places;
using Aios.Running.Secrets;
using Aios.Store;

namespace Aios.Models.Runs;

/// <summary>Runs the jobs that ask a language model: each run is a task of the daemon, without a process.</summary>
/// <param name="gateway">Calls the models.</param>
/// <param name="store">Takes the triggers of tools.</param>
/// <param name="jobs">The job list in force.</param>
/// <param name="settings">Where things are.</param>
/// <param name="clock">The only source of time.</param>
internal sealed class ModelRuns(ModelGateway gateway, IStore store, Func<JobList> jobs, RunningSettings settings, TimeProvider clock)
    : IPlaceRunner
{
    private static readonly TimeSpan LongestDispose = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<long, ModelRun> _running = new();

    /// <inheritdoc/>
    public PlaceKind Kind => MachineKind.Instance;

    /// <inheritdoc/>
    public bool Runs(Job job) => job.Work is LlmWork;

    /// <inheritdoc/>
    public IRun Start(RunRequest request, IRunOutput output)
    {
        var missing = new List<string>();
        var mask = SecretSources.Read(request.Job, Environment.GetEnvironmentVariable, settings.Home, missing.Add);
        var log = new RunLog(request.RunId, output, mask, clock);
        missing.ForEach(log.Say);
        var run = new ModelRun(request, log, clock);
        _running[request.RunId] = run;
        run.Begin(stop => Do(request, log, stop));
        _ = Remove(run);
        return run;
    }

    /// <inheritdoc/>
    public IEnumerable<string> Unkept(JobLimits limits) => [];

    /// <inheritdoc/>
    public void Forget(long runId)
    {
        // It has left nothing.
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        var running = _running.Values.ToArray();
        foreach (var run in running)
            run.Stop(StopReason.Shutdown, "the daemon ended", atOnce: true);
        _ = Task.WaitAll(running.Select(run => (Task)run.Completion).ToArray(), LongestDispose);
    }

    private async Task<ModelRunResult> Do(RunRequest request, RunLog log, CancellationToken stop)
    {
        var job = request.Job;
        var work = LlmTemplates.Follow((LlmWork)job.Work, request.ArgsJson, request.KwargsJson);
        var caller = new Caller
        {
            RunId = request.RunId,
            FlowId = await FlowOf(request, stop).ConfigureAwait(false),
            JobName = job.Name,
            Tags = job.Tags,
            Access = job.Models.IsAllowed ? job.Models : ModelAccess.All,
            Privacy = job.Privacy,
        };
        var transcript = new Transcript(log);
        var asker = new ModelAsker(gateway, caller);
        var tools = new ToolRuns(store, jobs(), request, transcript, clock);
        return await new LlmTask(work, asker, tools, transcript, store).Run(stop).ConfigureAwait(false);
    }

    // Only steps are of flows, and a slash is in their names alone.
    private Task<long?> FlowOf(RunRequest request, CancellationToken stop) =>
        request.Job.Name.Contains('/')
            ? store.Write(queue => queue.Flows.FlowOf(request.TriggerId)).WaitAsync(stop)
            : Task.FromResult<long?>(null);

    private async Task Remove(ModelRun run)
    {
        await run.Completion.ConfigureAwait(false);
        _running.TryRemove(run.RunId, out _);
        run.Dispose();
    }
}
