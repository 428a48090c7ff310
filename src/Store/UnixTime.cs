namespace Aios.Store;

/// <summary>Times as the database keeps them: Unix seconds, UTC, with fractions.</summary>
internal static class UnixTime
{
    /// <summary>The least number that cannot be meant as seconds: they would be in the year 5138.</summary>
    public const double LeastOfOtherUnits = 1e11;

    private static readonly double Earliest = DateTimeOffset.MinValue.ToUnixTimeSeconds();
    private static readonly double Latest = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    /// <summary>Seconds since 1970-01-01 UTC, to the microsecond.</summary>
    public static double Of(DateTimeOffset instant) =>
        (instant.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond / 1e6;

    /// <summary>What a number too large for seconds was probably meant as: the unit, and the seconds; null if it is none.</summary>
    public static (string Unit, double Seconds)? OtherUnit(double number) =>
        number switch
        {
            >= 1e11 and < 1e14 => ("milliseconds", number / 1e3),
            >= 1e14 and < 1e17 => ("microseconds", number / 1e6),
            >= 1e17 and < 1e20 => ("nanoseconds", number / 1e9),
            _ => null,
        };

    /// <summary>The instant, held within what a date can express.</summary>
    public static DateTimeOffset ToInstant(double unixSeconds)
    {
        if (double.IsNaN(unixSeconds))
            return DateTimeOffset.UnixEpoch;
        if (unixSeconds <= Earliest)
            return DateTimeOffset.MinValue;
        if (unixSeconds >= Latest)
            return DateTimeOffset.MaxValue;
        return DateTimeOffset.UnixEpoch.AddTicks((long)Math.Round(unixSeconds * 1e6) * TimeSpan.TicksPerMicrosecond);
    }
}
