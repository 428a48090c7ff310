using Aios.Jobs;
using Aios.Jobs.Schedules;
using Aios.Platform;
using Aios.Running;
using Aios.Store.Devices;

namespace Aios.Daemon;

/// <summary>
/// The loop, on a thread of its own. It sleeps until something happens or is due, then does one <see cref="Tick"/> over the
/// database and starts what that claimed. Everything that changes while it lives is changed on this one path.
/// </summary>
internal sealed class Orchestrator(DaemonParts parts)
{
    // Where nothing tells of changed files, a saved job list shall still be in force within a second.
    private static readonly TimeSpan LongestSleep = TimeSpan.FromMilliseconds(900);
    private static readonly TimeSpan BetweenBeats = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan BetweenHeapLooks = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(8);
    private static readonly TimeSpan LineDelay = TimeSpan.FromMilliseconds(40);

    // A database that takes no writes holds up the end of the daemon only so long.
    private static readonly TimeSpan PatienceWhenStopping = TimeSpan.FromSeconds(10);

    private readonly DaemonContext _context = parts.Context;
    private readonly Scheduler _scheduler = new(parts.Context);
    private readonly IntervalGate _look = new(parts.Context.Clock, LongestSleep);
    private readonly IntervalGate _beat = new(parts.Context.Clock, BetweenBeats);
    private readonly IntervalGate _gather = new(parts.Context.Clock, Gathering);
    private readonly IntervalGate _lines = new(parts.Context.Clock, LineDelay);

    private readonly TickFaults _faults = new(parts);
    private readonly DatabaseMonitor _database = new(parts);
    private readonly ClockMonitor _clock = new(parts);
    private readonly Takeover _takeover = new(parts);
    private readonly RunControl _runs = new(parts);
    private readonly HeapCare _heap = new();
    private readonly IntervalGate _heapLook = new(parts.Context.Clock, BetweenHeapLooks);
    private readonly IntervalGate _patience = new(parts.Context.Clock, PatienceWhenStopping);

    private TickResult _last = new([]) { HasMore = true };
    private long? _seenId;
    private bool _listIsNew = true;
    private bool _listTroubleIsNew;
    private JobList? _recordedList;
    private bool _abandoned;
    private volatile bool _stopping;
    private volatile bool _committed;
    private volatile bool _stopAtOnce;

    /// <summary>Asks it to end: no more claims, then TERM to all that runs, then KILL. The second time is at once.</summary>
    public void Stop()
    {
        _stopAtOnce |= _stopping;
        if (!_stopping)
        {
            _patience.Begin();
            parts.Liveness.Stopping();
        }

        _stopping = true;
        StopRuns();
        parts.Wake.Now();
    }

    /// <summary>Whether it was asked to end.</summary>
    public bool IsStopping => _stopping;

    /// <summary>Tells it that the Store has committed something that did not come from the loop.</summary>
    public void NoteCommit()
    {
        _committed = true;
        parts.Wake.Now();
    }

    /// <summary>Asks it to read the job list again.</summary>
    public void Reload()
    {
        parts.Liveness.Reloading();
        parts.List.Force = true;
        parts.Wake.Now();
    }

    /// <summary>Runs until it is stopped, or drained, or its database is gone; the answer is the exit status.</summary>
    public int Run(DeviceRecord? former)
    {
        _scheduler.Follow(Runnable);
        _takeover.Begin(former);
        while (!_abandoned)
        {
            TurnOrGoOn();
            if (_stopping ? parts.Supervisor.Living.Count == 0 && !parts.Inbox.IsUrgent : IsDrained()) break;
            if (!_last.HasMore || _stopping) parts.Wake.Sleep(UntilNext());
        }

        if (!_abandoned) return 0;
        EndRunsUnrecorded();
        return 1;
    }

    private IEnumerable<Job> Runnable => parts.List.Current.Jobs.Where(job => JobEligibility.CanRun(job, _context.Settings.Tags));

    // Whatever happens in a turn, there is a next one.
    private void TurnOrGoOn()
    {
        try
        {
            Turn();
        }
        catch (Exception error)
        {
            GoOnAfter(error);
        }
    }

    private void Turn()
    {
        parts.Liveness.Turned();
        if (_faults.TryAgain()) _listIsNew = true;
        var now = ReadClock();
        // Watchers tell at once; where they cannot, a look each second does.
        var look = _look.IsDue();
        if (parts.Files.TakeJobsTouched() || parts.List.WantsLook || look) NoticeJobList();
        parts.Supervisor.ReturnLate();
        // A pass looks for what others have inserted anyway.
        if (look || !NeedsPass(now)) NoticeDatabase(look);
        if (_abandoned) return;
        if (_committed) (_committed, _last) = (false, _last with { HasMore = true });
        var startIdle = LookForIdle();
        var beats = _beat.IsDue();
        if (_heapLook.IsDue()) _heap.Look();
        if (beats && !_stopping) parts.Liveness.Tell(InOneLine);

        if (beats || _listIsNew) parts.Engine.Look(parts.List.Current);
        if (beats) _clock.LookAtZone();
        if (beats) parts.Audit.Tend();
        if (beats && !_stopping) _takeover.LookAgain();
        beats |= _listTroubleIsNew | _faults.HasNews | parts.Engine.TakeNews();
        _listTroubleIsNew = false;
        if (NeedsPass(now) || startIdle || beats) DoPass(startIdle, beats);
        if (!_stopping) parts.Retention.Tend(IsBusy);
        if (!_stopping) parts.NoticeDispatcher.Tend();
    }

    private bool IsBusy => _last.HasMore || _last.LacksSlots || parts.Supervisor.IsWorking || parts.Inbox.IsUrgent;

    // After a step back, timers and cursors stand in a future that does not come for a while. Whatever a pass writes is
    // counted from a time that was read here, for a clock may be ahead for no longer than one pass.
    private DateTimeOffset ReadClock()
    {
        var (now, wentBack) = _clock.Read();
        _listIsNew |= wentBack;
        return now;
    }

    private void NoticeDatabaseFile() => _abandoned = _abandoned || _database.IsGone();

    private void NoticeJobList()
    {
        if (_stopping) return;
        var wasAskedTo = parts.List.Force;
        var formerTrouble = parts.List.Trouble;
        var isNew = parts.List.TryReload();
        _listTroubleIsNew |= parts.List.Trouble != formerTrouble;
        if (wasAskedTo) parts.Liveness.Ready(InOneLine);
        if (!isNew) return;
        _scheduler.Follow(Runnable, parts.List.Changed);
        _listIsNew = true;
        parts.Supervisor.StopUnwanted(parts.List.Current);
    }

    private void NoticeDatabase(bool look)
    {
        if (!_database.IsDue(look)) return;
        NoticeDatabaseFile();
        if (_abandoned) return;
        var (hasMore, schemaChanged) = _database.Look();
        if (hasMore) _last = _last with { HasMore = true };
        // What takes over a list needs most of the tables.
        _listIsNew |= schemaChanged;
    }

    private bool LookForIdle()
    {
        if (_context.Settings.UntilIdle || _stopping || !parts.List.Current.Of(StartedBy.Idle).Any()) return false;
        if (!parts.Supervisor.IsWorking && !_last.LacksSlots) return parts.Idle.Look(parts.Supervisor.Living.Any(run => run.IsIdle));
        parts.Idle.NoteWork();
        return false;
    }

    private bool NeedsPass(DateTimeOffset now) =>
        _last.HasMore || _listIsNew || (parts.Inbox.IsUrgent && !IsGathering) || (parts.Inbox.HasLines && _lines.Remaining <= TimeSpan.Zero) || _last.NextDue <= now || _scheduler.NextDue <= now;

    // A commit costs much, whatever it writes down. While each slot that becomes free has its next run, nothing is won by haste.
    private bool IsGathering => parts.Supervisor.HasNext && _gather.Remaining > TimeSpan.Zero;

    private void DoPass(bool startIdle, bool beats)
    {
        // Read after the inbox, so that nothing that this pass starts seems to have begun before what made room for it was over.
        var inbox = parts.Inbox.Take(_context.Now);
        var now = ReadClock();
        var input = new TickInput(now, parts.List.Current, inbox)
        {
            DueJobs = _listIsNew ? [.. _scheduler.Followed] : _scheduler.Due(now),
            ListIsNew = _listIsNew,
            ListWasTakenOver = !ReferenceEquals(_recordedList, parts.List.Current),
            Beats = beats || _listIsNew,
            Trouble = parts.List.Trouble ?? _faults.LeftOut.InWords ?? _clock.Lag,
            Stalls = _faults.LeftOut.Stalls,
            LeftOut = _faults.LeftOut,
            Releasing = _last.Releasing,
            LinePlaces = _last.LinePlaces,
            ListIsChanging = () => parts.List.IsChanging,
            ListTrouble = parts.List.Trouble,
            Engine = parts.Engine.Report,
            SeenId = _seenId,
            Claimable = _stopping ? null : parts.Supervisor.Claimable(inbox.Ended),
            Quiet = parts.Idle.IsQuiet,
            StartIdle = startIdle,
            Holds = _last.Holds,
        };
        _listIsNew = false;
        _lines.Begin();
        var began = _context.Clock.GetTimestamp();
        try
        {
            if (Written(input) is not { } result) return;
            inbox = input.Inbox;
            parts.Counted.RecordTick(result, inbox, _context.Clock.GetElapsedTime(began));
            parts.Tracing?.RecordTick(result);
            foreach (var ended in inbox.Ended) parts.Supervisor.Forget(ended.RunId);
            _recordedList = input.List;
            if (input.Beats) _faults.Written();
            _faults.Note(result, inbox);
            TakeOver(result);
            _gather.Begin();
        }
        catch (Exception error)
        {
            GoOnAfter(error);
        }
    }

    // Null if it could not be written: nothing of the turn was done then, so it is done again. At the second attempt the
    // row is looked for that is at fault.
    private TickResult? Written(TickInput input)
    {
        try
        {
            return Durable(parts.Store.Write(new Tick(_context, _scheduler, input).Do));
        }
        catch (Exception error) when (!input.IsCareful && RowFault.IsOfRow(error))
        {
            return Written(input with { IsCareful = true });
        }
        catch (Exception error)
        {
            parts.Inbox.PutBack(input.Inbox);
            _listIsNew = true;
            GoOnAfter(error);
            return null;
        }
    }

    // Whatever stands in the database, the daemon stays up.
    private void GoOnAfter(Exception error)
    {
        _faults.NoteFailure(error);
        var isHopeless = _patience.Remaining <= TimeSpan.Zero || (parts.Store.Trouble is { IsDamage: true } && parts.Supervisor.Living.Count == 0);
        if (_stopAtOnce || (_stopping && isHopeless)) Abandon();
        Thread.Sleep(LongestSleep);
    }

    private string InOneLine => parts.Store.Trouble?.What ?? parts.List.Trouble ?? _clock.Lag ?? $"{parts.List.Current.CountInWords}, {parts.Supervisor.Living.Count} running";

    private void TakeOver(TickResult result)
    {
        parts.Liveness.Committed(_faults.LeftOut.Stalls);
        if (_seenId is null) parts.Liveness.Ready(InOneLine);
        _last = result;
        if (result.HasBeaten) _clock.Compare(result.NewestInstant);
        parts.Log.Switch(result.LogLevel ?? _context.Settings.LogLevel);
        _seenId = result.SeenId;
        _scheduler.Settle();
        foreach (var (name, next) in result.Expected) _scheduler.Expect(name, next);
        _runs.Start(result);
        foreach (var ping in result.Pings) parts.Pinger.Add(ping);
        parts.NoticeDispatcher.Expect(result.NextNotice);
        if (_stopping) StopRuns();
        _runs.Stop(result);
        if (result.WasGivenUp) _ = parts.Store.Write(queue => queue.Devices.Register(parts.Self with { Started = _context.Now }));
    }

    // The database may be locked or full for long; meanwhile it may also vanish, or the daemon be told to end at once.
    private TickResult? Durable(Task<TickResult> write)
    {
        while (Task.WaitAny([write], LongestSleep) < 0)
        {
            parts.Liveness.Turned();
            NoticeDatabaseFile();
            if (_stopAtOnce || (_stopping && parts.Supervisor.Living.Count == 0 && _patience.Remaining <= TimeSpan.Zero)) Abandon();
            if (_abandoned) return null;
        }

        return write.GetAwaiter().GetResult();
    }

    private void Abandon()
    {
        parts.Log.Error($"Ending without having written down how the last runs ended. {parts.Store.Trouble?.What} The next start records them as lost.");
        _abandoned = true;
    }

    private void StopRuns() => parts.Supervisor.Stop(_ => true, StopReason.Shutdown, "the daemon was stopped", returned: true, _stopAtOnce);

    private void EndRunsUnrecorded()
    {
        _stopping = true;
        while (parts.Supervisor.Living.Count > 0)
        {
            StopRuns();
            parts.Wake.Sleep(LongestSleep);
        }
    }

    private bool IsDrained() =>
        _context.Settings.UntilIdle && !_last.HasMore && !_listIsNew && _takeover.IsDone && _last.AwaitingRetry == 0
        && parts.Supervisor.Living.Count == 0 && !parts.Inbox.IsUrgent && !parts.Inbox.HasLines
        && parts.Retention.MayEnd && parts.NoticeDispatcher.MayEnd;

    private TimeSpan UntilNext()
    {
        var now = _context.Now;
        var longest = LongestSleep;
        if (_last.NextDue is { } due) longest = Min(longest, due - now);
        if (_scheduler.NextDue is { } occurrence) longest = Min(longest, occurrence - now);
        if (parts.Inbox.HasLines) longest = Min(longest, _lines.Remaining);
        if (!_stopping) longest = Min(longest, Min(parts.Retention.DueIn, parts.NoticeDispatcher.DueIn));
        if (parts.List.LookAgainIn is { } again) longest = Min(longest, again);
        if (parts.Inbox.IsUrgent && parts.Supervisor.HasNext) longest = Min(longest, _gather.Remaining);
        if (_database.DueIn is { } look) longest = Min(longest, look);
        if (parts.Supervisor.LateIn is { } late) longest = Min(longest, late);
        longest = Min(longest, parts.Liveness.LongestSleep);
        return longest;
    }

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
