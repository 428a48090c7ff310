namespace Aios.Models.Calls;

/// <summary>
/// How a model has done lately, older calls weighing less, and whether it rests: after three failures in a row, or as long as its
/// provider asks for. Then one call tries it.
/// </summary>
internal sealed class ModelMeter(TimeProvider clock)
{
    private const int FailuresBeforeRest = 3;
    private const double WeightOfLatest = 0.2;
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(30);

    // After that, a model that was slow is called again in its turn, which measures it.
    private static readonly TimeSpan MeasureKept = TimeSpan.FromMinutes(5);

    private readonly Lock _gate = new();
    private int _failures;
    private long? _restSince;
    private TimeSpan _restFor;
    private bool _isTried;
    private long _measuredAt;

    /// <summary>The share of calls that were answered.</summary>
    public double Success { get; private set; } = 1;

    /// <summary>How good its answers were that have been checked, from 0 to 1; 1 as long as none was.</summary>
    public double Quality { get; private set; } = 1;

    /// <summary>Seconds to the first piece of an answer; null if there was none yet.</summary>
    public double? FirstToken { get; private set; }

    /// <summary>Seconds of a whole answer; null if there was none yet.</summary>
    public double? Duration { get; private set; }

    /// <summary>Why it has given no answer the last time when it gave none; null if it always did.</summary>
    public string? LastFailure { get; private set; }

    /// <summary>How long it still rests; null if it may be called: then this caller is the one that tries it.</summary>
    public TimeSpan? TryEnter()
    {
        lock (_gate)
        {
            if (_restSince is not { } since)
                return null;
            var left = _restFor - clock.GetElapsedTime(since);
            if (left > TimeSpan.Zero)
                return left;
            if (_isTried)
                return TimeSpan.FromSeconds(1);
            _isTried = true;
            return null;
        }
    }

    /// <summary>It has answered.</summary>
    public void Succeed(TimeSpan firstToken, TimeSpan duration)
    {
        lock (_gate)
        {
            (_failures, _restSince, _isTried) = (0, null, false);
            Success = Mixed(Success, 1);
            MeasureFirst(firstToken.TotalSeconds);
            Duration = Mixed(Duration ?? duration.TotalSeconds, duration.TotalSeconds);
        }
    }

    /// <summary>It has not.</summary>
    /// <param name="retryAfter">How long its provider asks to be left alone; null if it does not.</param>
    /// <param name="reason">Why, in words.</param>
    public void Fail(TimeSpan? retryAfter, string reason)
    {
        lock (_gate)
        {
            _failures++;
            LastFailure = reason;
            Success = Mixed(Success, 0);
            var isTried = _isTried;
            _isTried = false;
            if (retryAfter is null && _failures < FailuresBeforeRest && !isTried)
                return;
            (_restSince, _restFor) = (clock.GetTimestamp(), retryAfter ?? Rest);
        }
    }

    /// <summary>An answer of it was checked.</summary>
    public void Rate(double score)
    {
        lock (_gate)
        {
            Quality = Mixed(Quality, score);
        }
    }

    /// <summary>It had not begun to answer after this time, when another model had.</summary>
    public void Lag(TimeSpan waited)
    {
        lock (_gate)
        {
            MeasureFirst(Math.Max(waited.TotalSeconds, FirstToken ?? 0));
        }
    }

    /// <summary>Whether its answers begin later than this, as far as that was measured in the last minutes.</summary>
    public bool IsSlowerThan(TimeSpan target)
    {
        lock (_gate)
        {
            return FirstToken > target.TotalSeconds && clock.GetElapsedTime(_measuredAt) < MeasureKept;
        }
    }

    /// <summary>Nothing was learnt: the request was at fault, or whoever asked has gone.</summary>
    public void Leave()
    {
        lock (_gate)
        {
            _isTried = false;
        }
    }

    private void MeasureFirst(double seconds)
    {
        FirstToken = Mixed(FirstToken ?? seconds, seconds);
        _measuredAt = clock.GetTimestamp();
    }

    private static double Mixed(double before, double latest) => (before * (1 - WeightOfLatest)) + (latest * WeightOfLatest);
}
