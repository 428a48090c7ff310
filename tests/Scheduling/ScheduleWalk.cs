using Aios.Scheduling;

namespace Aios.Tests.Scheduling;

/// <summary>All occurrences of a schedule in [first, end), found from either end.</summary>
internal static class ScheduleWalk
{
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    public static List<(DateTime Utc, string Key)> Forward(ISchedule schedule, DateTime first, DateTime end)
    {
        var found = new List<(DateTime, string)>();
        var at = new DateTimeOffset(first) - Tick;
        while (schedule.Next(at) is { } next && next.At < end)
        {
            Assert.True(next.At > at, $"{next.At:o} is not later than {at:o}");
            Assert.Equal(TimeSpan.Zero, next.At.Offset);
            found.Add((next.At.UtcDateTime, next.Key));
            at = next.At;
        }

        return found;
    }

    public static List<(DateTime Utc, string Key)> Backward(ISchedule schedule, DateTime first, DateTime end)
    {
        var found = new List<(DateTime, string)>();
        var upTo = new DateTimeOffset(end) - Tick;
        while (schedule.Latest(new DateTimeOffset(first) - Tick, upTo) is { } latest)
        {
            found.Add((latest.At.UtcDateTime, latest.Key));
            upTo = latest.At - Tick;
        }

        found.Reverse();
        return found;
    }
}
