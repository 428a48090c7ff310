namespace Aios.Tests.Scheduling;

/// <summary>
/// What the clock of a zone shows at each minute of a stretch of time, asked of the platform minute by minute, and
/// what a cron daemon that looks at it each minute would do. Shares nothing with the code under test.
/// </summary>
internal sealed class ZoneYear
{
    private static readonly Dictionary<string, ZoneYear> Known = [];

    private readonly DateTime[] _walls;

    private ZoneYear(TimeZoneInfo zone, DateTime first, DateTime end)
    {
        Zone = zone;
        First = first;
        End = end;
        _walls = new DateTime[(int)(end - first).TotalMinutes];
        for (var minute = 0; minute < _walls.Length; minute++)
        {
            _walls[minute] = TimeZoneInfo.ConvertTimeFromUtc(first.AddMinutes(minute), zone);
        }
    }

    public TimeZoneInfo Zone { get; }

    public DateTime First { get; }

    public DateTime End { get; }

    public static ZoneYear Of(string zone, int year)
    {
        lock (Known)
        {
            var key = $"{zone} {year}";
            if (!Known.TryGetValue(key, out var known))
            {
                var first = new DateTime(year, 1, 1, 0, 0, 0, DateTimeKind.Utc);
                Known[key] = known = new ZoneYear(CronCase.Zone(zone), first, first.AddYears(1));
            }

            return known;
        }
    }

    /// <summary>Each minute at which a matching time is on the wall.</summary>
    public List<DateTime> EveryShowing(Func<DateTime, bool> matches)
    {
        var found = new List<DateTime>();
        for (var minute = 0; minute < _walls.Length; minute++)
        {
            if (matches(_walls[minute]))
            {
                found.Add(First.AddMinutes(minute));
            }
        }

        return found;
    }

    /// <summary>
    /// Each minute by which a matching time has newly passed on the wall, with those times. Times that a jump forward
    /// passes over count when it happens, and times that come again after a jump back do not.
    /// </summary>
    public List<(DateTime Utc, List<DateTime> Walls)> FirstPassing(Func<DateTime, bool> matches)
    {
        var found = new List<(DateTime, List<DateTime>)>();
        var passed = _walls[0].AddMinutes(-1);
        for (var minute = 0; minute < _walls.Length; minute++)
        {
            List<DateTime>? walls = null;
            for (; passed < _walls[minute]; passed = passed.AddMinutes(1))
            {
                if (matches(passed.AddMinutes(1)))
                {
                    (walls ??= []).Add(passed.AddMinutes(1));
                }
            }

            if (walls is not null)
            {
                found.Add((First.AddMinutes(minute), walls));
            }
        }

        return found;
    }
}
