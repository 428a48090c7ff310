namespace Aios.Store.Sqlite.Tables;

/// <summary>Times that may be missing, as the database keeps them.</summary>
internal static class Seconds
{
    public static double? Of(DateTimeOffset? instant) => instant is { } known ? UnixTime.Of(known) : null;

    public static DateTimeOffset? ToInstant(double? seconds) => seconds is { } known ? UnixTime.ToInstant(known) : null;
}
