using System.Buffers;
using System.Globalization;
using System.Text;

namespace Aios.Jobs.Formats;

/// <summary>A length of time as people write it: "90s", "1h30m", "500ms", "1.5d"; a number alone is seconds.</summary>
internal static class Duration
{
    /// <summary>Matches what <see cref="TryParse"/> takes, apart from the order of units.</summary>
    public const string Pattern = "^ *(([0-9]+(\\.[0-9]+)? *(ms|s|m|h|d) *)+|[0-9]+(\\.[0-9]+)? *)$";

    /// <summary>Ten years: far beyond any use, far below any overflow.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(3650);

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789.");

    // From the largest down: the parser holds a text to that order.
    private static readonly (string Unit, long Ticks)[] Units =
    [
        ("d", TimeSpan.TicksPerDay),
        ("h", TimeSpan.TicksPerHour),
        ("m", TimeSpan.TicksPerMinute),
        ("s", TimeSpan.TicksPerSecond),
        ("ms", TimeSpan.TicksPerMillisecond),
    ];

    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = default;
        if (TryNumber(text.Trim(), out var seconds))
            return TryScale(seconds, TimeSpan.TicksPerSecond, ref duration);

        var rest = text.AsSpan().Trim();
        var nextUnit = 0;
        if (rest.IsEmpty)
            return false;
        while (!rest.IsEmpty)
        {
            var digits = rest.IndexOfAnyExcept(Digits);
            if (digits <= 0 || !TryNumber(rest[..digits], out var amount))
                return false;
            rest = rest[digits..].TrimStart();

            var letters = rest.IndexOfAnyExcept("dhms");
            var unit = IndexOfUnit(letters < 0 ? rest : rest[..letters]);
            if (unit < nextUnit || !TryScale(amount, Units[unit].Ticks, ref duration))
                return false;
            rest = letters < 0 ? [] : rest[letters..].TrimStart();
            nextUnit = unit + 1;
        }

        return true;
    }

    /// <summary>The shortest text that <see cref="TryParse"/> reads as the same.</summary>
    public static string Text(TimeSpan duration)
    {
        if (duration == TimeSpan.Zero)
            return "0s";

        var text = new StringBuilder();
        var rest = duration.Ticks;
        foreach (var (unit, ticks) in Units.AsSpan(..^1))
        {
            var whole = rest / ticks;
            if (whole > 0)
                text.Append(CultureInfo.InvariantCulture, $"{whole}{unit}");
            rest -= whole * ticks;
        }

        if (rest > 0)
            text.Append(CultureInfo.InvariantCulture, $"{(decimal)rest / TimeSpan.TicksPerMillisecond:0.####}ms");
        return text.ToString();
    }

    private static int IndexOfUnit(ReadOnlySpan<char> unit)
    {
        for (var i = 0; i < Units.Length; i++)
        {
            if (unit.SequenceEqual(Units[i].Unit))
                return i;
        }

        return -1;
    }

    private static bool TryNumber(ReadOnlySpan<char> digits, out decimal number) =>
        decimal.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number);

    private static bool TryScale(decimal amount, long ticks, ref TimeSpan sum)
    {
        if (amount > Longest.Ticks / ticks)
            return false;

        sum += TimeSpan.FromTicks((long)(amount * ticks));
        return sum <= Longest;
    }
}
