using System.Globalization;

namespace Aios.Expressions;

/// <summary>An instant of the years 1 to 9999, exact to the nanosecond.</summary>
/// <param name="Seconds">Since 1970, UTC.</param>
/// <param name="Nanoseconds">Behind it, 0 to 999,999,999.</param>
internal readonly record struct Timestamp(long Seconds, int Nanoseconds) : IComparable<Timestamp>
{
    private const long First = -62_135_596_800;
    private const long Last = 253_402_300_799;

    private static readonly string[] Formats = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd't'HH:mm:ssK"];

    public DateTimeOffset Second => DateTimeOffset.FromUnixTimeSeconds(Seconds);

    public static bool IsInRange(long seconds) => seconds is >= First and <= Last;

    /// <summary>The instant that a text in the form of RFC 3339 names; false if it names none.</summary>
    public static bool TryParse(string text, out Timestamp timestamp)
    {
        timestamp = default;
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        var end = dot < 0 ? -1 : text.AsSpan(dot + 1).IndexOfAnyExceptInRange('0', '9') + dot + 1;
        if (dot >= 0 && (end <= dot + 1 || dot != "yyyy-MM-ddTHH:mm:ss".Length))
            return false;

        var whole = dot < 0 ? text : string.Concat(text.AsSpan(0, dot), text.AsSpan(end));
        if (
            whole.Length < "yyyy-MM-ddTHH:mm:ssZ".Length
            || !DateTimeOffset.TryParseExact(
                whole,
                Formats,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
                out var second
            )
        )
            return false;
        var digits = dot < 0 ? "" : text[(dot + 1)..end];
        timestamp = new Timestamp(
            second.ToUnixTimeSeconds(),
            int.Parse($"{digits}000000000".AsSpan(0, 9), NumberStyles.None, CultureInfo.InvariantCulture)
        );
        return true;
    }

    /// <summary>This and a duration; null if that is not in the range.</summary>
    public Timestamp? Add(Int128 nanoseconds)
    {
        var sum = Total + nanoseconds;
        var seconds = sum / Duration.Second - (sum % Duration.Second < 0 ? 1 : 0);
        return seconds < First || seconds > Last ? null : new Timestamp((long)seconds, (int)(sum - seconds * Duration.Second));
    }

    public Int128 NanosecondsSince(Timestamp other) => Total - other.Total;

    public int CompareTo(Timestamp other) => Total.CompareTo(other.Total);

    /// <summary>RFC 3339, UTC.</summary>
    public override string ToString()
    {
        var second = Second.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
        var fraction = Nanoseconds == 0 ? "" : $".{Nanoseconds.ToString("D9", CultureInfo.InvariantCulture).TrimEnd('0')}";
        return $"{second}{fraction}Z";
    }

    private Int128 Total => (Int128)Seconds * Duration.Second + Nanoseconds;
}
