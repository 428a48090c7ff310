using System.Globalization;
using Aios.Jobs.Formats;
using Aios.Running.Failures;
using Aios.Store.Runs;

namespace Aios.Running;

/// <summary>One execution: enforces its timeout, ends it on request, and puts its outcome together.</summary>
internal sealed class Run : IRun, IRunObserver
{
    private const string Instead = "; a result has at most 64 MiB. Write the data to a file, and return its path";

    // A timer takes at most 49 days.
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(40);

    private readonly Lock _gate = new();

    // Whoever waits goes on at once, on the thread that completes: nothing else is done there afterwards.
    private readonly TaskCompletionSource<RunOutcome> _completion = new();
    private readonly RunRequest _request;
    private readonly RunLog _log;
    private readonly FailureWords _words;
    private readonly IRunLimits? _limits;
    private readonly TimeProvider _time;
    private readonly long _startedAt;
    private readonly TimeSpan _before;

    private IRunExchange? _exchange;
    private IChild? _child;
    private ExitStatus? _exit;
    private Stopping? _stopping;
    private bool _ending;
    private bool _killed;
    private ProcessUsage _used = ProcessUsage.None;
    private LimitBreach? _breach;
    private long _outputBytes;
    private ITimer? _timeout;
    private ITimer? _grace;

    /// <param name="request">What to run.</param>
    /// <param name="limits">What it must keep to; null without limits.</param>
    /// <param name="log">Takes what it prints.</param>
    /// <param name="words">Says why it failed.</param>
    /// <param name="time">The clock.</param>
    /// <param name="started">When it was started; before now for one that is taken up.</param>
    public Run(RunRequest request, IRunLimits? limits, RunLog log, FailureWords words, TimeProvider time, DateTimeOffset started)
    {
        _request = request;
        _limits = limits;
        _log = log;
        _words = words;
        _time = time;
        _startedAt = time.GetTimestamp();
        _before = time.GetUtcNow() - started;
        Started = started;
    }

    public long RunId => _request.RunId;

    public int? Pid => _child is { Pid: > 0 } child ? child.Pid : null;

    public long? ProcessStart => _child?.StartTicks;

    public DateTimeOffset Started { get; }

    public Task<RunOutcome> Completion => _completion.Task;

    bool IChildObserver.WantsTicks => _log.HoldsBack;

    /// <summary>When the timeout of a run is over, if it has one.</summary>
    public static DateTimeOffset? Deadline(RunRequest request, DateTimeOffset started) =>
        request.Job.Timeout is { } timeout && timeout < DateTimeOffset.MaxValue - started ? started + timeout : null;

    /// <summary>Starts its process.</summary>
    /// <exception cref="RunStartException">It could not be started.</exception>
    public void Begin(Func<IRunObserver, IChild> start)
    {
        var child = start(this);
        lock (_gate)
        {
            _child = child;
            if (_exit is null && _request.Job.Timeout is { } timeout)
            {
                WatchTimeout(timeout);
            }
        }

        _limits?.Watch(child, Breached);
        if (Volatile.Read(ref _breach) is { } early)
        {
            Breached(early);
        }
    }

    public void Stop(StopReason reason, string why, bool atOnce = false)
    {
        lock (_gate)
        {
            if (_child is null || _completion.Task.IsCompleted)
            {
                return;
            }

            // After the main process ended it is too late for another outcome, but not for an earlier end of the rest.
            if (_exit is null)
            {
                _stopping ??= new(reason, why);
            }

            End(_child, atOnce);
        }
    }

    /// <summary>Removes the traces of a start that failed.</summary>
    public void Abandon() => _exchange?.Take(mask: null);

    void IRunObserver.TalkBy(IRunExchange exchange) => _exchange = exchange;

    void IChildObserver.Output(OutputStream stream, ReadOnlySpan<byte> bytes) => Print(stream, bytes, at: null);

    void IChildObserver.Output(OutputStream stream, ReadOnlySpan<byte> bytes, DateTimeOffset at) => Print(stream, bytes, at);

    void IChildObserver.Tick() => _log.Tick();

    void IChildObserver.MainExited(IChild child, ExitStatus status, bool leftBehind)
    {
        lock (_gate)
        {
            _exit = status;
            _timeout?.Dispose();
            if (leftBehind)
            {
                End(child, atOnce: false);
            }
        }
    }

    void IChildObserver.Ended(ProcessUsage used)
    {
        _used = used;
        _log.End();
        ThreadPool.UnsafeQueueUserWorkItem(static run => run.Complete(), this, preferLocal: false);
    }

    private void Print(OutputStream stream, ReadOnlySpan<byte> bytes, DateTimeOffset? at)
    {
        _outputBytes += bytes.Length;
        _log.Feed(stream, bytes, at);
        if (_outputBytes > _request.Job.Limits.Output && _breach is null)
        {
            Breached(new("output", $"more than {ByteSize.Text(_request.Job.Limits.Output.Value)} printed"));
        }
    }

    // A program may print too much before its start is known here: it is told again then.
    private void Breached(LimitBreach breach)
    {
        Volatile.Write(ref _breach, breach);
        Stop(StopReason.Limit, breach.Reason, breach.AtOnce);
    }

    private void WatchTimeout(TimeSpan timeout)
    {
        var left = timeout - _time.GetElapsedTime(_startedAt) - _before;
        if (left <= TimeSpan.Zero && _timeout is not null)
        {
            Stop(StopReason.TimedOut, $"took longer than its timeout of {Seconds(timeout)}");
            return;
        }

        var next =
            left < TimeSpan.Zero ? TimeSpan.Zero
            : left > LongestTimer ? LongestTimer
            : left;
        _timeout?.Dispose();
        _timeout = _time.CreateTimer(static run => ((Run)run!).TimeoutDue(), this, next, Timeout.InfiniteTimeSpan);
    }

    private void TimeoutDue()
    {
        lock (_gate)
        {
            if (_exit is null)
            {
                WatchTimeout(_request.Job.Timeout!.Value);
            }
        }
    }

    private void End(IChild child, bool atOnce)
    {
        if (_killed || (_ending && !atOnce))
        {
            return;
        }

        _ending = true;
        if (atOnce)
        {
            _killed = true;
            child.Kill();
            return;
        }

        child.Terminate();
        var grace = _request.Job.Grace > LongestTimer ? LongestTimer : _request.Job.Grace;
        _grace = _time.CreateTimer(_ => GraceOver(child), null, grace, Timeout.InfiniteTimeSpan);
    }

    private void GraceOver(IChild child)
    {
        lock (_gate)
        {
            End(child, atOnce: true);
        }
    }

    private void Complete()
    {
        _timeout?.Dispose();
        _grace?.Dispose();
        var left = _exchange!.Take(_log.Mask);
        var (result, problem, failure) = left;
        if (problem is not null)
        {
            problem = $"the result in AIOS_RESULT was not kept: {problem}{(left.IsTooLong ? Instead : "")}";
            _log.Say(problem);
        }

        var exit = _exit!.Value;
        var breach = _stopping is null ? _breach ?? _limits?.Find(exit, _used) : null;
        _limits?.End();
        var hasSucceeded = exit.Code is { } code && failure is null && _request.Job.SuccessCodes.Contains(code);
        var isGood = hasSucceeded && !left.IsTooLong;
        var ending = hasSucceeded ? problem : _words.Of(_request.Job, exit, failure, _log.Errors);
        var reason =
            _stopping is { } stopping
                ? Both(stopping.Why, stopping.Reason == StopReason.TimedOut ? failure ?? FailureWords.Cut(_log.Errors.Exception) : null)
            : breach is null ? ending
            : Both(breach.Reason, ending);

        // A long reason has lost its end.
        reason = reason is null || _log.Mask is not { } mask ? reason : mask.Mask(reason, mayBeCutOff: true);
        _completion.TrySetResult(
            new(breach is null ? Status(isGood) : RunStatus.Failed, exit.Code, exit.Signal, result, reason, EndOf(left))
            {
                // Whatever ran has used something: nothing is what a system says that keeps no account.
                Used = _used == ProcessUsage.None ? null : _used,
                OutputBytes = _outputBytes,
                LinesLeftOut = _log.LeftOut,
                Lasted = _time.GetElapsedTime(_startedAt),
            }
        );
    }

    private DateTimeOffset EndOf(RunReturn left)
    {
        var now = _time.GetUtcNow();
        return left.Ended is { } noted && noted >= Started && noted < now ? noted : now;
    }

    private static string Both(string reason, string? ending) => ending is null ? reason : $"{reason}; {ending}";

    private RunStatus Status(bool isGood) =>
        _stopping switch
        {
            { Reason: StopReason.TimedOut } => RunStatus.TimedOut,
            { Reason: StopReason.Limit } => RunStatus.Failed,
            not null => RunStatus.Canceled,
            null => isGood ? RunStatus.Succeeded : RunStatus.Failed,
        };

    private static string Seconds(TimeSpan span) => span.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture) + " s";

    private sealed record Stopping(StopReason Reason, string Why);
}
