using System.Diagnostics.CodeAnalysis;
using Cronos;

namespace Aios.Scheduling;

/// <summary>
/// A cron expression: immutable, without a clock, safe to share between threads. Cronos
/// (https://github.com/HangfireIO/Cronos) parses it and finds its wall times; what a time zone makes of them is decided here.
/// </summary>
/// <remarks>
/// <para>
/// The grammar is that of Cronos, with five or six fields, and with what Vixie's cron takes besides: a star in a list
/// (<c>*/20,5</c>). If both the day of month and the day of week are restricted, either is enough: <c>0 0 13 * FRI</c>
/// is every 13th and every Friday. Of a field that begins with a star both must match: <c>0 0 */2 * FRI</c> is a Friday
/// with an odd date. <c>1-31</c> and <c>L</c> are restricted, <c>*/2</c> is not.
/// </para>
/// <para>
/// Changes of the clock: an expression whose second, minute or hour has a star, a range or a step names a rhythm. It
/// runs through both showings of a repeated hour, and has nothing in a skipped one. (Cronos moves what a rhythm has in
/// a skipped hour to its end.) Any other expression names times of day: a time that is skipped moves to the first
/// instant after the gap, and one that is shown twice counts at its first showing.
/// </para>
/// <para>
/// <c>H</c> stands for a value that is drawn, always the same from the same seed (<see cref="SeededBy"/>).
/// </para>
/// </remarks>
internal sealed class CronExpression : IEquatable<CronExpression>
{
    private readonly CronCalendar _calendar;
    private readonly CronShape _shape;
    private readonly string _text;

    internal CronExpression(CronCalendar calendar, CronShape shape, string text, string? drawn)
    {
        _calendar = calendar;
        _shape = shape;
        _text = text;
        Drawn = drawn;
    }

    /// <summary>Whether two expressions mean the same; how they are written does not count.</summary>
    public static bool operator ==(CronExpression? left, CronExpression? right) => Equals(left, right);

    /// <summary>Whether two expressions differ in meaning.</summary>
    public static bool operator !=(CronExpression? left, CronExpression? right) => !Equals(left, right);

    /// <summary>Reads an expression of five fields, or a macro.</summary>
    /// <exception cref="CronFormatException">The text is not such an expression.</exception>
    public static CronExpression Parse(string expression) => Parse(expression, CronFormat.Standard);

    /// <summary>Reads an expression of this format, or a macro.</summary>
    /// <exception cref="CronFormatException">The text is not such an expression.</exception>
    public static CronExpression Parse(string expression, CronFormat format)
    {
        ArgumentNullException.ThrowIfNull(expression);
        return CronReader.Read(expression, format, StableHash.Seed(""));
    }

    /// <summary>Reads an expression of five or of six fields, whichever it has, or a macro.</summary>
    /// <exception cref="CronFormatException">The text is neither.</exception>
    public static CronExpression ParseAny(string expression)
    {
        ArgumentNullException.ThrowIfNull(expression);
        return CronReader.Read(expression, null, StableHash.Seed(""));
    }

    /// <summary>Reads an expression of five fields, or a macro; false if the text is neither.</summary>
    public static bool TryParse(string expression, [MaybeNullWhen(false)] out CronExpression cronExpression) =>
        TryParse(expression, CronFormat.Standard, out cronExpression);

    /// <summary>Reads an expression of this format, or a macro; false if the text is neither.</summary>
    public static bool TryParse(string expression, CronFormat format, [MaybeNullWhen(false)] out CronExpression cronExpression)
    {
        try
        {
            cronExpression = Parse(expression, format);
            return true;
        }
        catch (CronFormatException)
        {
            cronExpression = null;
            return false;
        }
    }

    /// <summary>Whether it names no day that any year has, such as the 30th of February.</summary>
    public bool NeverOccurs => _calendar.IsEmpty;

    /// <summary>The expression with a value for each <c>H</c>; null if it has none.</summary>
    public string? Drawn { get; }

    /// <summary>The expression whose values for <c>H</c> are drawn from this text, such as the name of a job.</summary>
    public CronExpression SeededBy(string text) => Drawn is null ? this : CronReader.Read(_text, null, StableHash.Seed(text));

    /// <summary>The first occurrence after an instant (or at it, if inclusive) in UTC, or null if there is none.</summary>
    /// <exception cref="ArgumentException"><paramref name="fromUtc"/> is not of the kind UTC.</exception>
    public DateTime? GetNextOccurrence(DateTime fromUtc, bool inclusive = false) => GetNextOccurrence(fromUtc, TimeZoneInfo.Utc, inclusive);

    /// <summary>The first occurrence after an instant (or at it), by the clock of a zone; given and told in UTC.</summary>
    /// <inheritdoc cref="GetNextOccurrence(DateTime, bool)"/>
    public DateTime? GetNextOccurrence(DateTime fromUtc, TimeZoneInfo zone, bool inclusive = false) =>
        Find(fromUtc, zone, inclusive, Direction.Forward);

    /// <summary>The first occurrence after an instant (or at it), by the clock of a zone and told with its offset.</summary>
    public DateTimeOffset? GetNextOccurrence(DateTimeOffset from, TimeZoneInfo zone, bool inclusive = false) =>
        Find(from, zone, inclusive, Direction.Forward);

    /// <summary>The last occurrence before an instant (or at it, if inclusive) in UTC, or null if there is none.</summary>
    /// <exception cref="ArgumentException"><paramref name="fromUtc"/> is not of the kind UTC.</exception>
    public DateTime? GetPreviousOccurrence(DateTime fromUtc, bool inclusive = false) =>
        GetPreviousOccurrence(fromUtc, TimeZoneInfo.Utc, inclusive);

    /// <summary>The last occurrence before an instant (or at it), by the clock of a zone; given and told in UTC.</summary>
    /// <inheritdoc cref="GetPreviousOccurrence(DateTime, bool)"/>
    public DateTime? GetPreviousOccurrence(DateTime fromUtc, TimeZoneInfo zone, bool inclusive = false) =>
        Find(fromUtc, zone, inclusive, Direction.Backward);

    /// <summary>The last occurrence before an instant (or at it), by the clock of a zone and told with its offset.</summary>
    public DateTimeOffset? GetPreviousOccurrence(DateTimeOffset from, TimeZoneInfo zone, bool inclusive = false) =>
        Find(from, zone, inclusive, Direction.Backward);

    /// <summary>The occurrences between two instants in UTC, earliest first, found one by one as they are asked for.</summary>
    /// <exception cref="ArgumentException">
    /// The range is reversed, or one of its ends is not of the kind UTC.
    /// </exception>
    public IEnumerable<DateTime> GetOccurrences(DateTime fromUtc, DateTime toUtc, bool fromInclusive = true, bool toInclusive = false) =>
        GetOccurrences(fromUtc, toUtc, TimeZoneInfo.Utc, fromInclusive, toInclusive);

    /// <summary>The occurrences between two instants, by the clock of a zone; given and told in UTC.</summary>
    /// <inheritdoc cref="GetOccurrences(DateTime, DateTime, bool, bool)"/>
    public IEnumerable<DateTime> GetOccurrences(
        DateTime fromUtc,
        DateTime toUtc,
        TimeZoneInfo zone,
        bool fromInclusive = true,
        bool toInclusive = false
    )
    {
        RequireUtc(fromUtc, nameof(fromUtc));
        RequireUtc(toUtc, nameof(toUtc));
        return GetOccurrences(new DateTimeOffset(fromUtc), new DateTimeOffset(toUtc), zone, fromInclusive, toInclusive)
            .Select(occurrence => occurrence.UtcDateTime);
    }

    /// <summary>The occurrences between two instants, by the clock of a zone and told with its offset.</summary>
    /// <exception cref="ArgumentException">The range is reversed.</exception>
    public IEnumerable<DateTimeOffset> GetOccurrences(
        DateTimeOffset from,
        DateTimeOffset to,
        TimeZoneInfo zone,
        bool fromInclusive = true,
        bool toInclusive = false
    )
    {
        ArgumentNullException.ThrowIfNull(zone);
        if (from > to)
        {
            throw new ArgumentException($"The range ends at {to:o}, before it begins.", nameof(from));
        }

        return Enumerate(from, to, zone, fromInclusive, toInclusive);
    }

    /// <summary>Whether the other expression means the same; how it is written does not count.</summary>
    public bool Equals(CronExpression? other) => other is not null && _shape == other._shape && _calendar == other._calendar;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as CronExpression);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_calendar, _shape);

    /// <summary>The expression as it was written, with one blank between fields. It can be parsed again.</summary>
    public override string ToString() => _text;

    /// <summary>As the public searches, but told in UTC and without an allocation or a conversion.</summary>
    internal DateTime? Find(DateTime fromUtc, TimeZoneInfo zone, bool inclusive, Direction direction)
    {
        RequireUtc(fromUtc, nameof(fromUtc));
        ArgumentNullException.ThrowIfNull(zone);
        var start = inclusive ? fromUtc.Ticks : fromUtc.Ticks + (int)direction;
        var clock = new WallClock(zone);
        var found = _shape.IsInterval
            ? CronSearch.EveryShowing(_calendar, clock, start, direction)
            : CronSearch.FixedTimes(_calendar, clock, start, direction);
        return found < 0 || found > DateTime.MaxValue.Ticks ? null : new DateTime(found, DateTimeKind.Utc);
    }

    private static void RequireUtc(DateTime time, string parameter)
    {
        if (time.Kind != DateTimeKind.Utc)
        {
            throw new ArgumentException($"The time must be of the kind UTC, but is {time.Kind}.", parameter);
        }
    }

    private DateTimeOffset? Find(DateTimeOffset from, TimeZoneInfo zone, bool inclusive, Direction direction) =>
        Find(from.UtcDateTime, zone, inclusive, direction) is { } found ? TimeZoneInfo.ConvertTime(new DateTimeOffset(found), zone) : null;

    private IEnumerable<DateTimeOffset> Enumerate(
        DateTimeOffset from,
        DateTimeOffset to,
        TimeZoneInfo zone,
        bool fromInclusive,
        bool toInclusive
    )
    {
        var next = GetNextOccurrence(from, zone, fromInclusive);
        while (next < to || (toInclusive && next == to))
        {
            yield return next.Value;
            next = GetNextOccurrence(next.Value, zone);
        }
    }
}
