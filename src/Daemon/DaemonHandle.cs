using Aios.Daemon.Execution;
using Aios.Daemon.Loop;
using Aios.Daemon.Monitoring;
using Aios.Daemon.Presence;
using Aios.Daemon.Reporting;
using Aios.Jobs;
using Aios.Models.Calls;
using Aios.Models.Configuration;
using Aios.Store;
using Aios.Store.Results;
using Aios.Telemetry;

namespace Aios.Daemon;

/// <summary>What the API server may ask of the daemon it belongs to. All of it may be called from any thread.</summary>
internal sealed class DaemonHandle(
    DaemonContext context,
    IStore store,
    LiveJobList list,
    LiveModelSettings models,
    ModelGateway gateway,
    Orchestrator orchestrator,
    Supervisor supervisor,
    DaemonLog log,
    StateFolder state,
    Liveness liveness,
    Metrics metrics
)
{
    /// <summary>Raised on the thread of the database's writer when anybody has committed something.</summary>
    public event Action? Changed
    {
        add => store.Changed += value;
        remove => store.Changed -= value;
    }

    /// <summary>What the daemon was told.</summary>
    public DaemonSettings Settings => context.Settings;

    /// <summary>Its device id.</summary>
    public string Device => context.Device;

    /// <summary>Where results are that are too long for a row.</summary>
    public ResultFolder Results => context.Results;

    /// <summary>The only source of time.</summary>
    public TimeProvider Clock => context.Clock;

    /// <summary>The job list in force.</summary>
    public JobList Jobs => list.Current;

    /// <summary>What is wrong with the files of the job list now, or null.</summary>
    public string? ListTrouble => list.Trouble;

    /// <summary>What models.yaml says.</summary>
    public LiveModelSettings Models => models;

    /// <summary>What keeps the database from taking writes, or null.</summary>
    public StoreTrouble? StoreTrouble => store.Trouble;

    /// <summary>Whether it is about to end.</summary>
    public bool IsStopping => orchestrator.IsStopping;

    /// <summary>Its figures.</summary>
    public Metrics Metrics => metrics;

    /// <summary>Calls language models.</summary>
    public ModelGateway Gateway => gateway;

    /// <summary>Why a restart would help, in words; null while it lives.</summary>
    public string? WhyDead => liveness.WhyDead;

    /// <summary>Why the loop does not get on, in words; null while it does.</summary>
    public string? WhyStalled => liveness.WhyStalled;

    /// <summary>Why it takes no work just now, in words; null if it does.</summary>
    public string? WhyNotReady => liveness.WhyNotReady(orchestrator.IsStopping, store.Trouble);

    /// <summary>The API and the console are served there.</summary>
    public void ServesAt(string url) => context.Console.Set(url);

    /// <summary>A file of the folder beside the database.</summary>
    public string StateFile(string name) => state.File(name);

    /// <summary>
    /// Changes something, together with whatever else waits to be committed. It is durable when the task is done, and the daemon
    /// takes note of it at once.
    /// </summary>
    public async Task<T> Write<T>(Func<IStoreTransaction, T> work)
    {
        var result = await store.Write(work).ConfigureAwait(false);
        orchestrator.RecordCommit();
        return result;
    }

    /// <summary>The run that goes on here whose key this is; null if there is none.</summary>
    public (long RunId, long TriggerId, Job Job)? RunOfKey(string key) =>
        context.RunKeys.RunOf(key) is { } runId && supervisor.Find(runId)?.Claim.Request is { } request
            ? (request.RunId, request.TriggerId, request.Job)
            : null;

    /// <summary>Has the job list read again.</summary>
    public void Reload() => orchestrator.Reload();

    /// <summary>Whether details are told.</summary>
    public bool TellsDetails => log.TellsDetails;

    /// <summary>A detail, for who looks for something.</summary>
    public void Debug(string message) => log.Debug(message);

    /// <summary>The log level in force.</summary>
    public string LogLevel => log.Level;

    /// <summary>Something that somebody may want to know.</summary>
    public void Info(string message) => log.Info(message);

    /// <summary>Something that somebody should look at.</summary>
    public void Warning(string message) => log.Warning(message);

    /// <summary>Something that does not work.</summary>
    public void Error(string message) => log.Error(message);
}
