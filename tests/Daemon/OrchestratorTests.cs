using Aios.Daemon;
using Aios.Daemon.Execution;
using Aios.Daemon.Loop;
using Aios.Daemon.Reporting;
using Aios.Daemon.Ticks;
using Aios.Store;

namespace Aios.Tests.Daemon;

/// <summary>The loop with duties that do nothing but say so, on a clock that the test moves.</summary>
public sealed class OrchestratorTests : IDisposable
{
    private static readonly TimeSpan HangGuard = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly TemporaryFolder _folder = new();
    private readonly FakeClock _clock = new();
    private readonly List<string> _done = [];
    private readonly DaemonLog _log;
    private readonly Inbox _inbox = new(() => { }, () => false, TimeProvider.System);
    private readonly LoopState _loop = new();

    public OrchestratorTests()
    {
        _log = new DaemonLog(TextWriter.Null, _clock) { Inbox = _inbox };
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _log.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Duties_are_done_in_their_order_if_they_are_due()
    {
        Assert.Equal(0, Run(rounds: 2, new Duty("first"), new Duty("never") { WhenDue = () => false }, new Duty("second")));
        Assert.Equal(["first", "second", "first", "second"], _done);
    }

    [Fact]
    public void A_duty_that_fails_stops_none_of_the_others_and_rests()
    {
        var bad = new Duty("bad") { Body = () => throw new InvalidOperationException("broken") };
        Run(rounds: 3, bad, new Duty("good"));
        Assert.Equal(["bad", "good", "good", "good"], _done);
    }

    [Fact]
    public void A_duty_that_failed_is_tried_again_each_second_and_logged_once_until_it_works()
    {
        var tries = 0;
        var bad = new Duty("bad")
        {
            Body = () =>
            {
                if (++tries < 3)
                    throw new InvalidOperationException("broken");
            },
        };
        Run(rounds: 4, bad, new Duty("time") { Body = () => _clock.Advance(Second) });
        Assert.Equal(4, tries);
        var lines = _inbox.Dequeue(_clock.GetUtcNow()).Lines.Select(line => line.Message).ToList();
        Assert.Equal(["Duty failed and is tried again each second: broken (InvalidOperationException)", "Duty works again."], lines);
    }

    [Fact]
    public void A_duty_that_cannot_say_whether_it_is_due_stops_none_of_the_others()
    {
        Run(rounds: 2, new Duty("bad") { WhenDue = () => throw new InvalidOperationException("broken") }, new Duty("good"));
        Assert.Equal(["good", "good"], _done);
    }

    [Fact]
    public void What_is_about_to_end_does_only_what_its_end_needs()
    {
        Orchestrator? loop = null;
        var stop = new Duty("stop") { Body = () => loop!.Stop() };
        loop = Create([stop, new Duty("plain"), new Duty("needed") { RunsWhileStopping = true }]);
        Assert.Equal(0, loop.Run());
        Assert.True(loop.IsStopping);
        Assert.Equal(["stop", "needed"], _done);
    }

    [Fact]
    public void A_database_that_is_gone_ends_it_at_once()
    {
        Shutdown? shutdown = null;
        var gone = new Duty("gone") { Done = _done, Body = () => shutdown!.Abandon() };
        var parts = Parts(untilIdle: false);
        shutdown = new Shutdown(parts);
        Assert.Equal(1, new Orchestrator(parts, _loop, shutdown, [gone, new Duty("next") { Done = _done }]).Run());
        Assert.Equal(["gone"], _done);
    }

    [Fact]
    public void Until_idle_it_ends_when_each_duty_may_end()
    {
        (_loop.HasMore, _loop.JudgesAll) = (false, false);
        var parts = Parts(untilIdle: true);
        var busy = new Duty("busy") { WhenMayEnd = () => _done.Count >= 3, Body = parts.Wake.Now };
        busy.Done = _done;
        Assert.Equal(0, new Orchestrator(parts, _loop, new Shutdown(parts), [busy]).Run());
        Assert.Equal(["busy", "busy", "busy"], _done);
    }

    [Fact]
    public void A_period_is_counted_by_the_monotonic_clock_and_made_up_for_once()
    {
        var gate = new IntervalGate(_clock, TimeSpan.FromMinutes(1));
        Action[] events =
        [
            () => { },
            () => _clock.SetWall(_clock.GetUtcNow().AddDays(-1)),
            () => _clock.SetWall(_clock.GetUtcNow().AddDays(2)),
            () => _clock.Advance(TimeSpan.FromSeconds(59)),
            () => _clock.Advance(TimeSpan.FromHours(5)),
            () => { },
            () => { },
        ];
        var round = 0;
        var world = new Duty("round") { Body = () => events[round++]() };
        Run(events.Length, world, new Duty("gate") { WhenDue = gate.IsDue });
        Assert.Equal(["round", "gate", "round", "round", "round", "round", "gate", "round", "round"], _done);
    }

    [Fact]
    public async Task It_sleeps_until_the_soonest_duty_and_never_longer_than_a_second()
    {
        (_loop.HasMore, _loop.JudgesAll) = (false, false);
        var start = _clock.GetTimestamp();
        var gate = new IntervalGate(_clock, TimeSpan.FromMilliseconds(300));
        var (rounds, times) = (new List<TimeSpan>(), new List<TimeSpan>());
        Orchestrator? loop = null;
        var watch = new Duty("round")
        {
            Body = () =>
            {
                rounds.Add(_clock.GetElapsedTime(start));
                if (times.Count >= 4)
                    loop!.Stop();
            },
        };
        var soon = new Duty("soon")
        {
            WhenDue = gate.IsDue,
            NextIn = () => gate.Remaining,
            Body = () => times.Add(_clock.GetElapsedTime(start)),
        };
        loop = Create([watch, soon]);
        var run = Task.Run(loop.Run);
        var patience = Task.Delay(HangGuard);
        while (!run.IsCompleted && !patience.IsCompleted)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(1));
            await Task.Yield();
        }

        Assert.Equal(0, await run.WaitAsync(HangGuard));
        Assert.Equal(4, times.Count);
        Assert.All(times.Zip(times.Skip(1)), pair => Assert.True(pair.Second - pair.First >= TimeSpan.FromMilliseconds(300)));
        // One round for each time at which it was due, and no more: in between it sleeps.
        Assert.InRange(rounds.Count, 4, 6);
    }

    private int Run(int rounds, params Duty[] duties)
    {
        Orchestrator? loop = null;
        var end = new Duty("end")
        {
            Done = [],
            Body = () =>
            {
                if (--rounds == 0)
                    loop!.Stop();
            },
        };
        loop = Create([.. duties, end]);
        return loop.Run();
    }

    private Orchestrator Create(Duty[] duties)
    {
        foreach (var duty in duties)
            duty.Done ??= _done;
        var parts = Parts(untilIdle: false);
        return new Orchestrator(parts, _loop, new Shutdown(parts), duties);
    }

    // What the loop itself has no need of is not there.
    private DaemonParts Parts(bool untilIdle)
    {
        var settings = new DaemonSettings
        {
            Home = _folder.Path,
            Database = Databases.At(_folder.File("orchestrator.db")),
            UntilIdle = untilIdle,
        };
        var context = new DaemonContext(settings, "here", "boot", "database", _clock);
        return new DaemonParts(
            context,
            null!,
            null!,
            null!,
            null!,
            null!,
            new Supervisor(context, new Slots(1, _clock), null!, _inbox, _log),
            null!,
            null!,
            null!,
            null!,
            null!,
            _inbox,
            null!,
            null!,
            null!,
            new WakeSignal(_clock),
            new Liveness(_clock, null),
            null!,
            null,
            _log
        );
    }

    private sealed class Duty(string name) : IDuty
    {
        public List<string>? Done { get; set; }

        public Func<bool> WhenDue { get; init; } = () => true;

        public Func<TimeSpan> NextIn { get; init; } = () => TimeSpan.MaxValue;

        public Func<bool> WhenMayEnd { get; init; } = () => true;

        public Action Body { get; init; } = () => { };

        public bool RunsWhileStopping { get; init; }

        public bool IsDue => WhenDue();

        public TimeSpan DueIn => NextIn();

        public bool MayEnd => WhenMayEnd();

        public void Run()
        {
            Done?.Add(name);
            Body();
        }
    }
}
