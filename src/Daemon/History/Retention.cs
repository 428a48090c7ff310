using Aios.Daemon.Loop;
using Aios.Daemon.Reporting;
using Aios.Store;
using Aios.Store.Pruning;

namespace Aios.Daemon.History;

/// <summary>
/// Keeps history within its limits. Now and then it begins a round, which goes over the database in small steps; after
/// each it leaves the writer to others, for long while there is work and for a moment while there is none.
/// </summary>
internal sealed class Retention(DaemonContext context, IStore store, DaemonLog log, Action wake)
{
    private static readonly TimeSpan BeforeFirstRound = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan BetweenRounds = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan BetweenReports = TimeSpan.FromDays(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(1);

    // A clock that has just been set is not believed at once: what is gone because of it does not come back.
    private static readonly TimeSpan BelievableJump = TimeSpan.FromHours(1);

    // How long a daemon that has nothing else to do stays up for it.
    private static readonly TimeSpan PatienceAtTheEnd = TimeSpan.FromSeconds(2);

    // Work comes in a stream more often than alone.
    private static readonly TimeSpan BusyAfterWork = TimeSpan.FromSeconds(5);

    // While there is work, steps take a tenth of the time; else half of it.
    private const int PausesWhileBusy = 9;

    private readonly TimeProvider _clock = context.Clock;
    private readonly RetentionLimits _limits = context.Settings.Retention;
    private readonly RetentionReport _report = new(context.Settings, log);
    private readonly IntervalGate _reports = new(context.Clock, BetweenReports);
    private Task _step = Task.CompletedTask;
    private RetentionRound? _round;
    private long _pauseBegan = context.Clock.GetTimestamp();
    private TimeSpan _pause = context.Settings.UntilIdle ? TimeSpan.Zero : BeforeFirstRound;
    private (DateTimeOffset Wall, long Monotonic) _lastLook = (context.Now, context.Clock.GetTimestamp());
    private bool _hasRested;
    private long? _lastWork;
    private long? _endAskedAt;

    /// <summary>How long until the next step is due.</summary>
    public TimeSpan DueIn => IsAtWork ? TimeSpan.MaxValue : _pause - _clock.GetElapsedTime(_pauseBegan);

    /// <summary>Whether a step goes on.</summary>
    public bool IsAtWork => !_step.IsCompleted;

    /// <summary>Whether a round has begun and is not over.</summary>
    public bool HasRound => _round is not null;

    /// <summary>Whether a daemon that has nothing else to do may end: a round is over, or has taken long enough.</summary>
    public bool MayEnd
    {
        get
        {
            if (!IsAtWork && !HasRound && _hasRested)
                return true;
            _endAskedAt ??= _clock.GetTimestamp();
            return _clock.GetElapsedTime(_endAskedAt.Value) > PatienceAtTheEnd;
        }
    }

    /// <summary>Does a step if one is due; returns at once.</summary>
    /// <param name="isBusy">Whether there is work that a step would hold up; for some seconds more is expected to come.</param>
    public void RunDue(bool isBusy)
    {
        if (isBusy)
            _lastWork = _clock.GetTimestamp();
        if (IsAtWork || DueIn > TimeSpan.Zero)
            return;
        if (store.Trouble is not null)
        {
            Pause(LongestPause);
            return;
        }

        if (_round is null && !ClockIsBelievable())
        {
            Rest();
            return;
        }

        _round ??= RetentionRound.Begin(_limits, context.Now);
        _step = Step(_round, _lastWork is { } last && _clock.GetElapsedTime(last) < BusyAfterWork);
    }

    private bool ClockIsBelievable()
    {
        var now = context.Now;
        var jump = now - _lastLook.Wall - _clock.GetElapsedTime(_lastLook.Monotonic);
        _lastLook = (now, _clock.GetTimestamp());
        return jump.Duration() < BelievableJump;
    }

    private async Task Step(RetentionRound round, bool isBusy)
    {
        var started = _clock.GetTimestamp();
        try
        {
            var (result, oldest) = await store
                .Write(queue => (queue.History.Prune(round.Cutoffs, round.Place, _clock), queue.History.Oldest()))
                .ConfigureAwait(false);
            _report.Add(result);
            _round = round.After(result, oldest, _limits, context.Now);
            if (_round is null)
                await EndRound(result).ConfigureAwait(false);
            else
                Pause(_clock.GetElapsedTime(started) * (isBusy ? PausesWhileBusy : 1));
        }
        catch (PruneRefusedException error)
        {
            _report.Add(error.Refusal);
            _round = round.Without(error.Refusal);
            Pause(ShortestPause);
        }
        catch (Exception error) when (error is StoreException)
        {
            log.Warning($"Old history could not be removed, which is tried again in ten minutes: {error.Message}");
            Rest();
        }

        wake();
    }

    private async Task EndRound(PruneResult last)
    {
        Rest();
        await SweepResults().ConfigureAwait(false);
        await store.ShortenLog().ConfigureAwait(false);
        _report.Warn(last.Space, _limits);
        _report.WarnOfRefused();
        if (_report.HasNews && _reports.IsDue())
            _report.Tell(last.Space);
    }

    private async Task SweepResults()
    {
        if (context.Results.Old(context.Now) is not { Count: > 0 } old)
            return;
        context.Results.Sweep(old, await store.Write(queue => queue.History.ResultFiles()).ConfigureAwait(false));
    }

    private void Rest()
    {
        _round = null;
        _hasRested = true;
        Begin(BetweenRounds);
    }

    private void Pause(TimeSpan span) =>
        Begin(
            span < ShortestPause ? ShortestPause
            : span > LongestPause ? LongestPause
            : span
        );

    private void Begin(TimeSpan pause) => (_pauseBegan, _pause) = (_clock.GetTimestamp(), pause);
}
