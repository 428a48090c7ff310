using System.Globalization;

namespace Aios.Scheduling;

/// <summary>
/// Once each local date, at an instant drawn from a window of local time. The draw is even over the time that really
/// elapses between the window's two ends, also when the clock changes between them, and has whole milliseconds. It
/// depends on nothing but the seed and the date, so that it is the same after a restart and on every device. A window
/// whose end is not later than its beginning ends on the next date and belongs to the date it begins on.
/// </summary>
internal sealed class RandomDailySchedule : ISchedule
{
    private readonly TimeOnly _after;
    private readonly TimeOnly _before;
    private readonly TimeZoneInfo _zone;
    private readonly string _seed;
    private readonly WallClock _clock;
    private readonly OncePerDate _dates;

    /// <summary>A schedule between two local times of <paramref name="zone"/>.</summary>
    /// <param name="after">The window's first instant.</param>
    /// <param name="before">The window's end, itself never drawn.</param>
    /// <param name="zone">The zone of both.</param>
    /// <param name="seed">What tells this schedule's draws from those of others, such as the job's name.</param>
    public RandomDailySchedule(TimeOnly after, TimeOnly before, TimeZoneInfo zone, string seed)
    {
        ArgumentNullException.ThrowIfNull(zone);
        ArgumentNullException.ThrowIfNull(seed);
        _after = after;
        _before = before;
        _zone = zone;
        _seed = seed;
        _clock = new WallClock(zone);
        _dates = new OncePerDate(_clock, InstantOf);
    }

    /// <inheritdoc/>
    public string Identity => $"daily at random between {TimeWords.Of(_after)} and {TimeWords.Of(_before)} ({_zone.Id})";

    /// <inheritdoc/>
    public bool IsDrawnFromDatabase => true;

    /// <inheritdoc/>
    public Occurrence? Next(DateTimeOffset after) => _dates.Next(after);

    /// <inheritdoc/>
    public Occurrence? Latest(DateTimeOffset after, DateTimeOffset upTo) => _dates.Latest(after, upTo);

    /// <summary>In words, for example <c>daily at random between 22:00 and 06:00 (Europe/Berlin)</c>.</summary>
    public override string ToString() => $"daily at random between {TimeWords.Of(_after)} and {TimeWords.Of(_before)} ({_zone.Id})";

    private long InstantOf(DateOnly date)
    {
        var firstWall = date.ToDateTime(_after).Ticks;
        var crossing = _before <= _after ? TimeSpan.TicksPerDay : 0;
        var endWall = date.ToDateTime(_before).Ticks + crossing;

        var first = _clock.FirstReaching(firstWall);
        var milliseconds = (ulong)(_clock.FirstReaching(endWall) - first) / TimeSpan.TicksPerMillisecond;
        return first + (long)Scale(Draw(date), milliseconds) * TimeSpan.TicksPerMillisecond;
    }

    private ulong Draw(DateOnly date) => StableHash.Of($"{_seed}\n{date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}");

    // A number below the limit, evenly from a number of 64 bits: their product's upper half.
    private static ulong Scale(ulong draw, ulong limit) => Math.BigMul(draw, limit, out _);
}
