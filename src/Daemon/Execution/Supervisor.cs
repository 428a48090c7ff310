using System.Collections.Concurrent;
using Aios.Daemon.Claiming;
using Aios.Daemon.Reporting;
using Aios.Daemon.Ticks;
using Aios.Jobs;
using Aios.Jobs.Works;
using Aios.Running;
using Aios.Running.Containers;
using Aios.Store.Jobs;
using Aios.Store.Logs;
using Aios.Store.Runs;
using Aios.Store.Triggers;

namespace Aios.Daemon.Execution;

/// <summary>Starts what was claimed, keeps hold of it while it lives, and reports its end. Slots are counted from what lives.</summary>
internal sealed class Supervisor(DaemonContext context, Slots slots, IRunner runner, Inbox inbox, DaemonLog log)
{
    // Each waits for a provider, which bears only so many at once; those with tools also wait for others that may be calls.
    private const int MostCalls = 64;

    private readonly ConcurrentDictionary<long, LivingRun> _living = new();

    /// <summary>The runs that go on or are about to.</summary>
    public ICollection<LivingRun> Living => _living.Values;

    /// <summary>A run that goes on or is about to; null if there is none of that number.</summary>
    public LivingRun? Find(long runId) => _living.GetValueOrDefault(runId);

    /// <summary>How many slots are taken.</summary>
    public int SlotsInUse => slots.InUse;

    /// <summary>Whether a slot that becomes free has its next run already.</summary>
    public bool HasNext => slots.HasNext;

    /// <summary>How many more runs may be claimed, after those have ended.</summary>
    public int Claimable(IReadOnlyCollection<EndedRun> ended) => slots.Claimable(ended);

    /// <summary>How many more calls to language models may begin.</summary>
    public FreeCalls FreeCalls()
    {
        var calls = _living.Values.Select(run => run.Claim.Request.Job.Work).OfType<LlmWork>().ToList();
        var withTools = calls.Count(work => !work.Tools.IsEmpty);
        return new FreeCalls(MostCalls - (calls.Count - withTools), MostCalls - withTools);
    }

    /// <summary>How long until <see cref="ReturnLate"/> has something to do; null if it has not.</summary>
    public TimeSpan? LateIn => slots.LateIn;

    /// <summary>Whether work goes on that is not only kept alive or done for want of better.</summary>
    public bool IsWorking => _living.Values.Any(run => run.TakesSlot);

    /// <summary>Starts the program on another thread, as soon as it has its slot.</summary>
    public void Start(ClaimedRun claim)
    {
        var living = new LivingRun(claim);
        _living[claim.Request.RunId] = living;
        if (!living.TakesSlot || slots.TryTake(living))
            LaunchSoon(living);
    }

    /// <summary>Gives back to the line what was claimed ahead of a slot that has not become free.</summary>
    public void ReturnLate()
    {
        foreach (var living in slots.LeaveLate())
            Drop(living, "no slot became free for it", returned: true);
    }

    /// <summary>Ends each run that the predicate names.</summary>
    public void Stop(Func<LivingRun, bool> which, StopReason reason, string why, bool returned = false, bool atOnce = false)
    {
        foreach (var living in _living.Values.Where(which))
        {
            lock (living)
            {
                living.Returned |= returned;
                living.PendingStop = (reason, why, atOnce);
                living.Run?.Stop(reason, why, atOnce);
                if (slots.TryLeave(living))
                    Drop(living, why, living.Returned);
            }
        }
    }

    /// <summary>Ends the processes of <c>always</c> jobs that the list no longer wants here.</summary>
    public void StopUnwanted(JobList list) =>
        Stop(
            living => living.IsAlways && !IsWanted(list, living.Claim.Request.Job.Name),
            StopReason.Canceled,
            "the job list no longer keeps it running"
        );

    /// <summary>Takes up a run in a container that a daemon left which died; it takes its slot again.</summary>
    public void TakeUp(RunRecord left, Job job, LogPosition? known)
    {
        var living = new LivingRun(
            new ClaimedRun(
                new RunRequest(left.Id, left.TriggerId, job, left.Attempt, "[]", "{}"),
                left.Source,
                new TriggerOrigin(left.Started, null, null),
                left.Started
            )
        );
        _living[left.Id] = living;
        if (living.TakesSlot)
            slots.Take();
        Hold(living, runner.TakeUp(living.Claim.Request, left.Started, known, new RunOutput(left.JobName, traceId: null, inbox, log)));
    }

    /// <summary>The end of a run is durable.</summary>
    public void Forget(long runId) => runner.Forget(runId);

    private bool IsWanted(JobList list, string jobName) =>
        list.Find(jobName) is { IsKeptRunning: true } job && JobEligibility.CanRun(job, context.Settings.Tags);

    private void LaunchSoon(LivingRun living) => ThreadPool.UnsafeQueueUserWorkItem(Launch, living, preferLocal: false);

    private void Drop(LivingRun living, string why, bool returned)
    {
        var claim = living.Claim;
        var request = claim.Request;
        var end = new RunEnd(RunStatus.Canceled, context.Now) { Reason = why };
        var ended = new EndedRun(claim.Key, claim.At, end, request.Job) { Trace = request.Trace, Returned = returned };
        inbox.Add(ended, letGo: () => _living.TryRemove(request.RunId, out _));
    }

    // The answer is the run that has its slot now.
    private LivingRun? LetGo(LivingRun living)
    {
        _living.TryRemove(living.Claim.Request.RunId, out _);
        return living.TakesSlot ? slots.PassOn() : null;
    }

    private void Launch(LivingRun living)
    {
        var request = living.Claim.Request;
        try
        {
            Hold(living, runner.Start(request, new RunOutput(request.Job.Name, request.Trace?.TraceId, inbox, log)));
        }
        catch (Exception error)
        {
            // No run takes the daemon with it.
            Fail(living, $"it could not be started: {error.Message} ({error.GetType().Name})");
        }
    }

    private void Fail(LivingRun living, string why)
    {
        var (claim, request) = (living.Claim, living.Claim.Request);
        var end = new RunEnd(RunStatus.Failed, context.Now) { Reason = why };
        LivingRun? next = null;
        inbox.Add(new EndedRun(claim.Key, claim.At, end, request.Job) { Trace = request.Trace }, letGo: () => next = LetGo(living));
        if (next is not null)
            LaunchSoon(next);
    }

    private void Hold(LivingRun living, IRun run)
    {
        var request = living.Claim.Request;
        lock (living)
        {
            living.Run = run;
            if (living.PendingStop is { } stop)
                run.Stop(stop.Reason, stop.Why, stop.AtOnce);
        }

        if (ProcessOf(run) is { } process)
            inbox.Add(new StartedRun(request.RunId, request.Job.Name, process));
        _ = Report(living, run);
    }

    private async Task Report(LivingRun living, IRun run)
    {
        var outcome = await run.Completion.ConfigureAwait(false);
        var request = living.Claim.Request;
        var ended = new EndedRun(living.Claim.Key, run.Started, EndOf(run, outcome), request.Job)
        {
            Trace = request.Trace,
            Lasted = outcome.Lasted,
            Returned = living.Returned && outcome.Status == RunStatus.Canceled,
            IsFinal = outcome.IsFinal,
        };
        LivingRun? next = null;
        inbox.Add(ended, letGo: () => next = LetGo(living));
        Tell(request, run, outcome);
        if (next is not null)
            Launch(next);
    }

    private void Tell(RunRequest request, IRun run, RunOutcome outcome)
    {
        var isBad = outcome.Status is RunStatus.Failed or RunStatus.TimedOut;
        if (!isBad && !log.TellsDetails)
            return;
        var words = isBad
            ? $"{outcome.Status.Name()}: {outcome.Reason}"
            : $"{outcome.Status.Name()} after {(outcome.Ended - run.Started).TotalSeconds:0.###} s";
        log.Show(
            new ConsoleLine(outcome.Ended, isBad ? LogLevel.Warning : LogLevel.Debug, words)
            {
                JobName = request.Job.Name,
                RunId = request.RunId,
                TraceId = request.Trace?.TraceId,
            }
        );
    }

    private static RunProcess? ProcessOf(IRun run) => run.Pid is { } pid ? new(pid, run.ProcessStart, run.Started) : null;

    // A long result is in its file before its row says so.
    private RunEnd EndOf(IRun run, RunOutcome outcome)
    {
        var (result, file) = context.Results.Keep(outcome.ResultJson);
        return new(outcome.Status, outcome.Ended)
        {
            Process = ProcessOf(run),
            ExitCode = outcome.ExitCode,
            Signal = outcome.Signal,
            ResultJson = result,
            ResultFile = file,
            Reason = outcome.Reason,
            CpuSeconds = outcome.Used?.Cpu.TotalSeconds,
            PeakMemory = outcome.Used?.PeakMemory,
            OutputBytes = outcome.OutputBytes,
            LinesLeftOut = outcome.LinesLeftOut,
        };
    }
}
