using System.Collections.Immutable;
using Aios.Daemon.Ticks;
using Aios.Flows;
using Aios.Jobs;
using Aios.Jobs.Works;
using Aios.Scheduling;
using Aios.Store;
using Aios.Store.Devices;
using Aios.Store.Jobs;
using Aios.Store.Runs;
using Aios.Store.Triggers;

namespace Aios.Daemon.Claiming;

/// <summary>
/// Decides whether a trigger may start here and now. It lives for one tick over the line, within one transaction, and
/// remembers what it has looked up and let in.
/// </summary>
internal sealed class Admission(
    DaemonContext context,
    JobList list,
    IReadOnlyDictionary<string, JobHold> holds,
    IStoreTransaction queue,
    DateTimeOffset now,
    int freeSlots,
    bool quiet
)
{
    // Somebody saves a job and asks for it at once: the list is read when it has been still for a moment.
    private static readonly TimeSpan UntilListIsRead = TimeSpan.FromMilliseconds(300);

    private readonly Dictionary<string, int> _goingOn = [];
    private IReadOnlyList<DeviceRecord>? _online;
    private readonly Dictionary<string, Verdict?> _unfit = [];
    private int _freeSlots = freeSlots;
    private FreeCalls? _freeCalls;
    private bool _workStarts;

    /// <summary>Whether the files of the list differ from the list in force.</summary>
    public Func<bool> ListIsChanging { get; init; } = static () => false;

    /// <summary>The plans of flows.</summary>
    public required FlowPlans Plans { get; init; }

    /// <summary>The jobs of steps that were put into the line within this transaction, by their triggers.</summary>
    public required IReadOnlyDictionary<long, Job> StepJobsMade { get; init; }

    /// <summary>How many more calls to language models may begin, which take no slots.</summary>
    public Func<FreeCalls> FreeCalls { get; init; } = static () => default;

    /// <summary>Whether nobody has looked at the rows before: what can never run is found also while all slots are taken.</summary>
    public bool IsFirstLook { get; init; }

    /// <summary>Why the files of the list are not in force; null if they are.</summary>
    public string? ListTrouble { get; init; }

    /// <summary>Whether ordinary work stands in line that only lacks a free slot here.</summary>
    public bool LacksSlots { get; private set; }

    /// <summary>Judges a row; a <see cref="Verdict.Start"/> takes its slot.</summary>
    public Verdict Judge(QueuedTrigger trigger)
    {
        if (trigger.JobName is not { } name)
            return new Verdict.Close(RunStatus.Failed, "job_name: expected the name of a job");
        if (trigger.RunAt > now && trigger.Attempt == 0)
            return new Verdict.Delay(trigger.RunAt.Value, $"until its run_at, {TimeWords.Of(trigger.RunAt.Value)}");
        if (StepJobs.IsStep(name))
            return JudgeStep(trigger, name);
        var job = list.Find(name);
        return OfParent(trigger) ?? Unfit(name, job) ?? JudgeFit(trigger, job!);
    }

    // A tool is for the run that asked for it. That of a daemon of this device that died is over as soon as somebody has said so.
    private Verdict? OfParent(QueuedTrigger trigger)
    {
        if (trigger.Source != TriggerSource.Tool || queue.Triggers.ParentOf(trigger.Id) is not { } parent)
            return null;
        if (parent.BootId is null)
            return new Verdict.Close(RunStatus.Canceled, $"run {parent.Id}, which asked for it, is over");
        return parent.Device == context.Device && parent.BootId != context.BootId ? Verdict.Stay.InLine : null;
    }

    // The same for every trigger of the job, so it is found out once.
    private Verdict? Unfit(string name, Job? job)
    {
        if (_unfit.TryGetValue(name, out var known))
            return known;
        return _unfit[name] = FindUnfit(name, job);
    }

    private Verdict? FindUnfit(string name, Job? job)
    {
        if (holds.TryGetValue(name, out var hold) && (job is not null || queue.Devices.AnyKnows(name)))
            return new Verdict.Hold(hold.Reason(name));
        if (job is not null && JobEligibility.CanRun(job, context.Settings.Tags))
            return null;
        if (queue.Devices.AnyOnlineCanRun(name))
            return Verdict.Stay.InLine;
        if (job is not null)
            return new Verdict.Hold(JobEligibility.WhyNot(job, context.Settings.Tags));
        if (queue.Devices.AnyKnows(name))
            return new Verdict.Hold("its job is in the list of devices that are not online");
        if (ListIsChanging())
            return new Verdict.Delay(now + UntilListIsRead, "its job is in no list that is in force, and a list is just being saved");
        return new Verdict.Close(
            RunStatus.Failed,
            $"no device has a job named \"{name}\" in its list.{list.Hint(name)}{(ListTrouble is null ? "" : $" {ListTrouble}")}"
        );
    }

    private Verdict JudgeFit(QueuedTrigger trigger, Job job)
    {
        var isOrdinary = !job.IsKeptRunning && trigger.Source != TriggerSource.Idle;
        var needsSlot = isOrdinary && job.Work.TakesSlot;
        if (context.Settings.UntilIdle && !isOrdinary)
            return Verdict.Stay.InLine;
        if (trigger.Source == TriggerSource.Idle && (!quiet || _workStarts))
            return Verdict.Stay.InLine;
        var policy = Overlaps.Policy(job, TriggerSource.IsOccurrence(trigger.Source), trigger.Source == TriggerSource.CatchUp);
        var goingOn = GoingOn(job.Name);
        if (goingOn >= Overlaps.Limit(job, policy))
        {
            if (policy != Overlap.Skip || trigger.Attempt > 0 || WaitsForMakeUps(trigger, job))
                return Verdict.Stay.InLine;
            return new Verdict.Close(RunStatus.Skipped, "overlap: another run of the job was not over");
        }

        if (!TryTakeRoom(job, needsSlot))
            return Verdict.Stay.InLine;
        _goingOn[job.Name] = goingOn + 1;
        return new Verdict.Start(job);
    }

    // Steps of different flows may have one name and different definitions, so each is judged by itself.
    private Verdict JudgeStep(QueuedTrigger trigger, string name)
    {
        var hold = holds.GetValueOrDefault(StepJobs.FlowJobOf(name));
        var known = StepJobsMade.GetValueOrDefault(trigger.Id);
        if (_freeSlots <= 0 && hold is null && !IsFirstLook && known is not { Work.TakesSlot: false })
        {
            LacksSlots = true;
            return Verdict.Stay.InLine;
        }

        Job? job;
        try
        {
            job = known ?? StepJobs.Find(Plans, queue, trigger.Id, now);
        }
        catch (StepException error)
        {
            return new Verdict.Close(RunStatus.Failed, error.Message);
        }

        if (job is null)
            return new Verdict.Close(
                RunStatus.Failed,
                $"no flow that is running has a step for this trigger; a job \"{name}\" is in no list"
            );
        if (hold is not null)
            return new Verdict.Hold(hold.Reason(StepJobs.FlowJobOf(name)));
        if (!JobEligibility.CanRun(job, context.Settings.Tags))
            return AnyOnlineHas(job.Tags) ? Verdict.Stay.InLine : new Verdict.Hold(JobEligibility.WhyNot(job, context.Settings.Tags));
        return TryTakeRoom(job, job.Work.TakesSlot) ? new Verdict.Start(job) : Verdict.Stay.InLine;
    }

    // Counted when the first one asks: most ticks have none.
    private bool TryTakeCall(LlmWork call)
    {
        var free = _freeCalls ??= FreeCalls();
        var left = call.Tools.IsEmpty ? free with { Plain = free.Plain - 1 } : free with { WithTools = free.WithTools - 1 };
        if (left.Plain < 0 || left.WithTools < 0)
            return false;
        _freeCalls = left;
        return true;
    }

    // A slot of the device, or one of the calls that may be under way.
    private bool TryTakeRoom(Job job, bool needsSlot)
    {
        if (needsSlot && _freeSlots <= 0)
        {
            LacksSlots = true;
            return false;
        }

        if (job.Work is LlmWork call && !TryTakeCall(call))
            return false;
        if (needsSlot)
            _freeSlots--;
        _workStarts |= needsSlot;
        return true;
    }

    private bool AnyOnlineHas(ImmutableSortedSet<string> tags)
    {
        _online ??= [.. queue.Devices.All().Where(device => device.Online && device.Device != context.Device)];
        return _online.Any(device => tags.IsSubsetOf(device.Tags));
    }

    // What was missed comes first, and takes nothing from what is on time.
    private bool WaitsForMakeUps(QueuedTrigger trigger, Job job) =>
        trigger.Source == TriggerSource.Schedule && !queue.Runs.AnyGoesOnBesideMakeUps(job.Name);

    private int GoingOn(string jobName)
    {
        if (!_goingOn.TryGetValue(jobName, out var count))
            _goingOn[jobName] = count = queue.Runs.GoingOn(jobName);
        return count;
    }
}
