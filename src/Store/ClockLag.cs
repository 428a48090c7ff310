using System.Globalization;

namespace Aios.Store;

/// <summary>A clock that shows less than it did when a daemon last worked on the database: one without a battery, say.</summary>
internal static class ClockLag
{
    /// <summary>Clocks of two machines may differ by so much, and one may be corrected by it.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    /// <summary>What to do about it.</summary>
    public const string Advice =
        "Set the machine's clock. Until then schedules use the wrong clock; afterwards they continue from where they were. "
        + "If it is right now and was ahead then, delete the row newest_instant of the table config.";

    /// <summary>In words; null if the clock is not behind.</summary>
    public static string? Words(DateTimeOffset? newest, DateTimeOffset now) =>
        newest is { } seen && seen - now > Tolerance
            ? $"the clock shows {Text(now)}, which is before {Text(seen)}, when a daemon last worked on this database"
            : null;

    private static string Text(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
