using Aios.Daemon.Execution;
using Aios.Daemon.Loop;
using Aios.Daemon.Monitoring;
using Aios.Flows;
using Aios.Jobs;

namespace Aios.Daemon.Ticks;

/// <summary>Does a <see cref="Tick"/> over the database when one is due, and starts what that claimed.</summary>
internal sealed class TickRunner(
    DaemonParts parts,
    LoopState loop,
    Shutdown shutdown,
    Scheduler scheduler,
    TickTiming timing,
    DatabaseMonitor database,
    TickFaults faults,
    LoopFailures failures,
    ClockMonitor clock,
    StatusLine status
) : IDuty
{
    private readonly DaemonContext _context = parts.Context;
    private readonly RunControl _runs = new(parts);
    private readonly FlowPlans _plans = new(parts.Context.Results, parts.Context.Settings.Home);
    private long? _seenId;
    private JobList? _recordedList;
    private long? _reconciliations;

    /// <inheritdoc />
    public bool IsDue => timing.IsDue;

    /// <inheritdoc />
    public TimeSpan DueIn => timing.DueIn;

    /// <inheritdoc />
    public bool RunsWhileStopping => true;

    /// <inheritdoc />
    public void Run()
    {
        loop.Begin();
        try
        {
            // The clock is read after the inbox, so that nothing that this tick starts seems to have begun before what made room for
            // it was over.
            var inbox = parts.Inbox.Dequeue(_context.Now);
            var input = InputOf(inbox, clock.Read());
            (loop.JudgesAll, loop.Beats, loop.StartsIdle) = (false, false, false);
            timing.Begin();
            var began = _context.Clock.GetTimestamp();
            if (Write(input) is not { } result)
                return;
            // Nobody waits for the rest.
            _runs.Start(result);
            parts.Counted.RecordTick(result, inbox, _context.Clock.GetElapsedTime(began));
            parts.Tracing?.RecordTick(result);
            Complete(input, result);
        }
        catch (Exception error)
        {
            failures.Record(error);
        }
    }

    private TickInput InputOf(InboxBatch inbox, DateTimeOffset now) =>
        new(now, parts.List.Current, inbox)
        {
            DueJobs = loop.JudgesAll ? [.. scheduler.Followed] : scheduler.Due(now),
            ListIsNew = loop.JudgesAll,
            ListWasTakenOver = !ReferenceEquals(_recordedList, parts.List.Current),
            Beats = loop.Beats || loop.JudgesAll,
            Trouble = parts.List.Trouble ?? faults.LeftOut.InWords ?? clock.Lag,
            Stalls = faults.LeftOut.Stalls,
            LeftOut = faults.LeftOut,
            Releasing = loop.Last.Releasing,
            LinePlaces = loop.Last.LinePlaces,
            ListIsChanging = () => parts.List.IsChanging,
            ListTrouble = parts.List.Trouble,
            Engine = parts.Engine.Report,
            SeenId = _seenId,
            Claimable = shutdown.IsStopping ? null : parts.Supervisor.Claimable(inbox.Ended),
            FreeCalls = parts.Supervisor.FreeCalls,
            Quiet = parts.Idle.IsQuiet,
            StartIdle = loop.StartsIdle,
            Holds = loop.Last.Holds,
        };

    // Null if it could not be written: nothing of the tick was done then, so it is done again. At the second attempt the
    // row is looked for that is at fault.
    private TickResult? Write(TickInput input)
    {
        try
        {
            return Wait(parts.Store.Write(new Tick(_context, scheduler, _plans, input).Run));
        }
        catch (Exception error) when (!input.IsCareful && RowFault.IsOfRow(error))
        {
            return Write(input with { IsCareful = true });
        }
        catch (Exception error)
        {
            parts.Inbox.PutBack(input.Inbox);
            (loop.JudgesAll, loop.StartsIdle) = (true, input.StartIdle);
            failures.Record(error);
            return null;
        }
    }

    // The database may be locked or full for long; meanwhile it may also vanish, or the daemon be told to end at once.
    private TickResult? Wait(Task<TickResult> write)
    {
        while (!write.IsCompleted && !Sleeping(write).WaitOne(Orchestrator.LongestSleep))
        {
            parts.Liveness.RecordRound();
            database.CheckFile();
            shutdown.AbandonIfOverdue();
            if (shutdown.IsAbandoned)
                return null;
        }

        return write.GetAwaiter().GetResult();
    }

    // Other ways to wait for a task spin first, and so take the processor from those who do the work.
    private static WaitHandle Sleeping(Task task) => ((IAsyncResult)task).AsyncWaitHandle;

    private void Complete(TickInput input, TickResult result)
    {
        foreach (var ended in input.Inbox.Ended)
            parts.Supervisor.Forget(ended.Run.Id);
        _recordedList = input.List;
        if (input.Beats)
            faults.MarkWritten();
        faults.Record(result, input.Inbox);
        parts.Liveness.Committed(faults.LeftOut.Stalls);
        if (_seenId is null)
            parts.Liveness.Ready(status.Text);
        loop.Complete(result);
        if (result.HasBeaten)
            clock.Compare(result.NewestInstant);
        parts.Log.Switch(result.LogLevel ?? _context.Settings.LogLevel);
        _seenId = result.SeenId;
        // A call that cost more than it counted with has perhaps used up what is held of its budgets.
        if (_reconciliations is { } seen && seen != result.Reconciliations)
            parts.Gateway.ReturnHeld();
        _reconciliations = result.Reconciliations;
        scheduler.Settle();
        foreach (var (name, next) in result.Expected)
            scheduler.Expect(name, next);
        foreach (var ping in result.Pings)
            parts.Pinger.Add(ping);
        parts.NoticeDispatcher.Expect(result.NextNotice);
        if (shutdown.IsStopping)
            shutdown.StopRuns();
        _runs.Stop(result);
        if (result.WasGivenUp)
            _ = parts.Store.Write(queue => queue.Devices.Register(parts.Self with { Started = _context.Now }));
        timing.Complete();
    }
}
