using Aios.Store.Devices;

namespace Aios.Store.Runs;

/// <summary>One row for each execution.</summary>
internal interface IRuns
{
    /// <summary>The boot of the run that stands for a flow: no daemon owns it, and so none loses it.</summary>
    const string FlowBoot = "flow";

    /// <summary>Records that a run is about to start, before it does, so that it counts whatever it does to its host.</summary>
    long Begin(long triggerId, string jobName, int attempt, string device, string bootId, DateTimeOffset now);

    /// <summary>Records which process a run of a job is.</summary>
    void RecordProcess(long id, string jobName, RunProcess process);

    /// <summary>Says where the latest run of a job stands: the last word about the job, in the words of the Python original.</summary>
    void RecordLatest(string jobName, RunStatus status, string device, DateTimeOffset now, long runId);

    /// <summary>Records that the run is a container, before there is one.</summary>
    void RecordContainer(long id, string container);

    /// <summary>Gives a run that is still running to another boot of its device; false if somebody has judged it meanwhile.</summary>
    bool TakeUp(long id, string bootId);

    /// <summary>
    /// Ends the run; null if somebody else has judged it meanwhile. True: somebody wanted it to end for good, whatever it
    /// came to.
    /// </summary>
    bool? End(long id, RunEnd end);

    /// <summary>Says how far a run has come; false if it does not go on.</summary>
    /// <param name="id">The run.</param>
    /// <param name="fraction">From 0 to 1.</param>
    /// <param name="text">The same in words, or null.</param>
    bool Progress(long id, double fraction, string? text);

    /// <summary>How many runs of a trigger were lost.</summary>
    int CountLost(long triggerId);

    /// <summary>Whether the run of that job and number is running.</summary>
    bool GoesOn(long id, string jobName);

    /// <summary>How many runs of a job go on, on any device.</summary>
    int GoingOn(string jobName);

    /// <summary>Whether a run of the job is running that does not make up for what was missed.</summary>
    bool AnyGoesOnBesideMakeUps(string jobName);

    /// <summary>The runs of a device that were going on in another boot of it than <paramref name="livingBoot"/>.</summary>
    IReadOnlyList<RunRecord> LeftBy(string device, string livingBoot);

    /// <summary>The runs that a dead device left; none if it has come back meanwhile, for then they are its own concern.</summary>
    IReadOnlyList<RunRecord> LeftByDead(DeviceRecord dead);

    /// <summary>
    /// How many runs of a trigger were lost before anybody saw a process of theirs; 0 if a process of
    /// <paramref name="runId"/> was seen.
    /// </summary>
    int LostUnseen(long triggerId, long runId);

    /// <summary>Asks that a run end; false if it does not go on.</summary>
    bool RequestStop(long id, StopRequest request);

    /// <summary>Asks that all runs of a job end, on any device; the answer is their numbers.</summary>
    IReadOnlyList<long> RequestStopOf(string jobName, StopRequest request, long upToTrigger = long.MaxValue);

    /// <summary>Asks that the runs of a trigger end; the answer is their numbers.</summary>
    IReadOnlyList<long> RequestStopOfTrigger(long triggerId, StopRequest request);

    /// <summary>The boots of devices that have runs which go on.</summary>
    IReadOnlyList<string> BootsGoingOn();

    /// <summary>The runs of a device that somebody wants to end.</summary>
    IReadOnlyList<(long Id, StopRequest Request)> ToStop(string device);
}
