namespace Aios.Queue;

/// <summary>Times as the database keeps them: Unix seconds, UTC, with fractions.</summary>
public static class UnixTime
{
    private static readonly double Earliest = DateTimeOffset.MinValue.ToUnixTimeSeconds();
    private static readonly double Latest = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    /// <summary>Seconds since 1970-01-01 UTC, to the microsecond.</summary>
    public static double Of(DateTimeOffset instant) =>
        (instant.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond / 1e6;

    /// <summary>The instant, held within what a date can express.</summary>
    public static DateTimeOffset ToInstant(double unixSeconds)
    {
        if (double.IsNaN(unixSeconds)) return DateTimeOffset.UnixEpoch;
        if (unixSeconds <= Earliest) return DateTimeOffset.MinValue;
        if (unixSeconds >= Latest) return DateTimeOffset.MaxValue;
        return DateTimeOffset.UnixEpoch.AddTicks((long)Math.Round(unixSeconds * 1e6) * TimeSpan.TicksPerMicrosecond);
    }
}
