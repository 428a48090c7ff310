using System.Buffers;
using System.Globalization;

namespace Aios.Expressions;

/// <summary>A duration of at most 292 years, exact to the nanosecond.</summary>
internal readonly record struct Duration(long Nanoseconds)
{
    public const long Second = 1_000_000_000;

    private static readonly SearchValues<char> AfterUnit = SearchValues.Create(".0123456789");

    private static readonly (string Name, long Nanoseconds)[] Units =
    [
        ("ns", 1),
        ("us", 1_000),
        ("µs", 1_000),
        ("ms", 1_000_000),
        ("s", Second),
        ("m", 60 * Second),
        ("h", 3600 * Second),
    ];

    /// <summary>The duration that a text such as "1h30m" or "-1.5s" names; false if it names none, or none in the range.</summary>
    public static bool TryParse(string text, out Duration duration)
    {
        duration = default;
        var isNegative = text.StartsWith('-');
        var rest = text.AsSpan(isNegative || text.StartsWith('+') ? 1 : 0);
        if (rest is "0")
            return true;

        Int128 sum = 0;
        do
        {
            if (!TryTakePart(ref rest, out var part))
                return false;
            sum += part;
        } while (!rest.IsEmpty && sum <= -(Int128)long.MinValue);

        if (isNegative)
            sum = -sum;
        if (sum < long.MinValue || sum > long.MaxValue)
            return false;
        duration = new Duration((long)sum);
        return true;
    }

    /// <summary>Seconds, as CEL writes a duration: "1.5s".</summary>
    public override string ToString()
    {
        var magnitude = (UInt128)Int128.Abs(Nanoseconds);
        var (seconds, nanos) = ((ulong)(magnitude / (ulong)Second), (ulong)(magnitude % (ulong)Second));
        var fraction = nanos == 0 ? "" : $".{nanos.ToString("D9", CultureInfo.InvariantCulture).TrimEnd('0')}";
        return $"{(Nanoseconds < 0 ? "-" : "")}{seconds}{fraction}s";
    }

    private static bool TryTakePart(ref ReadOnlySpan<char> rest, out Int128 nanoseconds)
    {
        nanoseconds = 0;
        var digits = LengthOfDigits(rest);
        var fraction = rest[digits..] is ['.', .. var behind] ? behind[..LengthOfDigits(behind)] : [];
        var length = digits + (rest[digits..] is ['.', ..] ? 1 + fraction.Length : 0);
        if (digits + fraction.Length is 0 or > 30)
            return false;

        var unitLength = LengthOfUnit(rest[length..]);
        var unit = FindUnit(rest.Slice(length, unitLength));
        if (unit == 0)
            return false;
        if (digits > 0)
            nanoseconds = Clamp(UInt128.Parse(rest[..digits], CultureInfo.InvariantCulture)) * unit;
        for (var (at, scale) = (0, (Int128)unit); at < fraction.Length && scale >= 10; at++)
        {
            nanoseconds += (fraction[at] - '0') * (scale /= 10);
        }

        rest = rest[(length + unitLength)..];
        return true;
    }

    private static Int128 Clamp(UInt128 number) => number > (UInt128)ulong.MaxValue ? (Int128)ulong.MaxValue : (Int128)number;

    private static int LengthOfDigits(ReadOnlySpan<char> text) =>
        text.IndexOfAnyExceptInRange('0', '9') is var end && end < 0 ? text.Length : end;

    private static int LengthOfUnit(ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAny(AfterUnit);
        return end < 0 ? text.Length : end;
    }

    private static long FindUnit(ReadOnlySpan<char> name)
    {
        foreach (var unit in Units)
        {
            if (name.SequenceEqual(unit.Name))
                return unit.Nanoseconds;
        }

        return 0;
    }
}
