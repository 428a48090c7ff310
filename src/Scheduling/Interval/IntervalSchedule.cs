namespace Aios.Scheduling;

/// <summary>
/// From start to start: the next occurrence is one interval after the last. What is late by a second or more starts
/// when it can, and the interval runs anew from there; what is less late keeps its time, so that small delays do not
/// add up.
/// </summary>
internal sealed class IntervalSchedule : ISchedule
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(1);

    private readonly TimeSpan _interval;

    /// <summary>A schedule of this real elapsed time from one occurrence to the next.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The interval is zero or negative.</exception>
    public IntervalSchedule(TimeSpan interval)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(interval, TimeSpan.Zero);
        _interval = interval;
    }

    /// <inheritdoc/>
    public string Identity => IdentityOf(_interval);

    /// <inheritdoc/>
    public bool CountsFromLastStart => true;

    /// <inheritdoc/>
    public ISchedule TimetableFrom(DateTimeOffset start) => new AnchoredInterval(start, _interval);

    /// <inheritdoc/>
    public Occurrence? Next(DateTimeOffset after) => TimetableFrom(after).Next(after);

    /// <inheritdoc/>
    public Occurrence? Latest(DateTimeOffset after, DateTimeOffset upTo)
    {
        if (Next(after) is not { } next || next.At > upTo)
        {
            return null;
        }

        var start = upTo.ToUniversalTime();
        return start - next.At < Tolerance ? next : Occurrence.AtInstant(start);
    }

    /// <summary>In words, for example <c>every 1 h 30 min</c>.</summary>
    public override string ToString() => $"every {TimeWords.Of(_interval)}";

    /// <summary>The time from one occurrence to the next.</summary>
    internal TimeSpan Span => _interval;

    internal static string IdentityOf(TimeSpan interval) => $"every {TimeWords.Of(interval)}";
}
