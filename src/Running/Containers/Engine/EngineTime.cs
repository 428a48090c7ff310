using System.Buffers.Text;
using System.Text;

namespace Aios.Running.Containers.Engine;

/// <summary>Instants as the engine writes and reads them: RFC 3339 with up to nine digits of a second.</summary>
internal static class EngineTime
{
    private const int WholeSeconds = 19; // 2026-11-21T09:06:00
    private const int TickDigits = 7;

    /// <summary>Reads an instant.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out DateTimeOffset at)
    {
        at = default;
        if (text.Length <= WholeSeconds || !TryParseSeconds(text, out var second))
            return false;
        var rest = text[WholeSeconds..];
        var ticks = TakeFraction(ref rest);
        if (!TryParseZone(rest, out var zone))
            return false;
        var utc = second.Ticks + ticks - zone.Ticks;
        if (utc < 0 || utc > DateTime.MaxValue.Ticks)
            return false;
        at = new DateTimeOffset(utc, TimeSpan.Zero);
        return true;
    }

    /// <summary>Reads an instant; null if it is none, or the year 1, which says "never".</summary>
    public static DateTimeOffset? Parse(string? text) =>
        text is not null && TryParse(Encoding.UTF8.GetBytes(text), out var at) && at.Year > 1 ? at : null;

    /// <summary>Unix seconds with a fraction, as a query takes them.</summary>
    public static string Seconds(DateTimeOffset at)
    {
        var ticks = at.UtcTicks - DateTimeOffset.UnixEpoch.Ticks;
        return FormattableString.Invariant($"{ticks / TimeSpan.TicksPerSecond}.{ticks % TimeSpan.TicksPerSecond:D7}00");
    }

    private static bool TryParseSeconds(ReadOnlySpan<byte> text, out DateTime second)
    {
        second = default;
        var isWhole =
            Number(text, 0, 4, out var year)
            & Number(text, 5, 2, out var month)
            & Number(text, 8, 2, out var day)
            & Number(text, 11, 2, out var hour)
            & Number(text, 14, 2, out var minute)
            & Number(text, 17, 2, out var seconds);
        if (!isWhole || year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
            return false;
        if (hour > 23 || minute > 59 || seconds > 59)
            return false;
        second = new DateTime(year, month, day, hour, minute, seconds, DateTimeKind.Utc);
        return true;
    }

    private static long TakeFraction(ref ReadOnlySpan<byte> rest)
    {
        if (rest[0] != (byte)'.')
            return 0;
        var ticks = 0L;
        var digits = 0;
        for (rest = rest[1..]; rest.Length > 0 && char.IsAsciiDigit((char)rest[0]); rest = rest[1..])
        {
            if (digits++ < TickDigits)
                ticks = (ticks * 10) + rest[0] - '0';
        }

        for (; digits < TickDigits; digits++)
            ticks *= 10;
        return ticks;
    }

    private static bool TryParseZone(ReadOnlySpan<byte> text, out TimeSpan zone)
    {
        zone = TimeSpan.Zero;
        if (text is [(byte)'Z'])
            return true;
        if (
            text is not [(byte)'+' or (byte)'-', _, _, (byte)':', _, _]
            || !Number(text, 1, 2, out var hours)
            || !Number(text, 4, 2, out var minutes)
        )
            return false;
        zone = new TimeSpan(hours, minutes, 0) * (text[0] == (byte)'-' ? -1 : 1);
        return true;
    }

    private static bool Number(ReadOnlySpan<byte> text, int start, int length, out int number) =>
        Utf8Parser.TryParse(text.Slice(start, length), out number, out var read) && read == length;
}
