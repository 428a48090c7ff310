using Aios.Control.Flows;
using Aios.Health;
using Aios.Jobs;
using Aios.Store;
using Aios.Store.Devices;
using Aios.Store.Jobs;
using Aios.Store.Runs;
using Aios.Store.Triggers;

namespace Aios.Control;

/// <summary>What the database tells of a job just now.</summary>
/// <param name="Hold">What holds it, or null.</param>
/// <param name="Online">The devices that are online.</param>
/// <param name="Open">What stands in line for it and has not started, or null.</param>
/// <param name="GoingOn">What goes on, of all jobs.</param>
/// <param name="Failed">What is remembered of its failures, or null.</param>
/// <param name="LateSince">Since when it is late, UTC, or null.</param>
internal sealed record JobFacts(
    JobHold? Hold,
    IReadOnlyList<DeviceSummary> Online,
    TriggerSummary? Open,
    IReadOnlyList<ActiveRun> GoingOn,
    HealthRecord? Failed = null,
    DateTimeOffset? LateSince = null
)
{
    /// <summary>Its flows that go on, if it has steps.</summary>
    public IReadOnlyList<FlowView> Flows { get; init; } = [];

    /// <summary>What its runs have asked for and wait for, by run: tools of a model.</summary>
    public IReadOnlyList<(long RunId, TriggerSummary Trigger)> Tools { get; init; } = [];

    /// <summary>That the machine's clock is behind, in words; null if it is not.</summary>
    public string? ClockLag { get; init; }

    // Of more than these nobody reads.
    private const int MostFlows = 5;
    private const int MostAsking = 5;

    /// <summary>So many of what goes on are read: beyond it nobody reads on, and each device has long been full.</summary>
    public const int MostRuns = 1000;

    /// <summary>How well the job is.</summary>
    public JobHealth HealthOf(Job job, DateTimeOffset now) => JobHealth.Of(job, Failed, Hold, LateSince, now);

    /// <summary>Reads them.</summary>
    public static JobFacts Of(IStoreReader? reader, string jobName, DateTimeOffset now)
    {
        if (reader is null)
            return new JobFacts(null, [], null, []);
        var goingOn = reader.GoingOn(MostRuns);
        return new JobFacts(
            reader.Holds().GetValueOrDefault(jobName),
            [.. reader.Devices().Where(device => device.SeemsAlive(now))],
            reader.OpenTriggerOf(jobName),
            goingOn,
            reader.Health().GetValueOrDefault(jobName),
            reader.Late().TryGetValue(jobName, out var late) ? late : null
        )
        {
            Flows = [.. reader.OpenFlows(jobName, MostFlows).Select(id => FlowView.Of(reader, id)).OfType<FlowView>()],
            Tools =
            [
                .. goingOn
                    .Where(run => run is { HasProcess: false } && run.JobName == jobName)
                    .Take(MostAsking)
                    .SelectMany(run => reader.OpenTriggersOfRun(run.Id).Select(trigger => (run.Id, trigger))),
            ],
            ClockLag = Aios.Store.ClockLag.Words(reader.NewestInstant(), now),
        };
    }
}
