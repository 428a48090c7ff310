using System.Globalization;

namespace Aios.Tests.Scheduling;

/// <summary>
/// A cron expression of five numeric fields read in the plainest way: each field is expanded into the set of its
/// values. No names, no L, W or #. Shares nothing with the code under test.
/// </summary>
internal sealed class NaiveCron
{
    private readonly bool[] _minutes;
    private readonly bool[] _hours;
    private readonly bool[] _days;
    private readonly bool[] _months;
    private readonly bool[] _weekdays;
    private readonly bool _both;

    public NaiveCron(string expression)
    {
        var fields = expression.Split(' ');
        _minutes = Expand(fields[0], 0, 59);
        _hours = Expand(fields[1], 0, 23);
        _days = Expand(fields[2], 1, 31);
        _months = Expand(fields[3], 1, 12);
        _weekdays = Expand(fields[4], 0, 7);
        _both = fields[2][0] == '*' || fields[4][0] == '*';
        NamesRhythm = $"{fields[0]} {fields[1]}".IndexOfAny(['*', '-', '/']) >= 0;
    }

    public bool NamesRhythm { get; }

    public bool Matches(DateTime wall) => _minutes[wall.Minute] && _hours[wall.Hour] && _months[wall.Month] && DayMatches(wall);

    private bool DayMatches(DateTime wall)
    {
        var byDay = _days[wall.Day];
        var byWeekday = _weekdays[(int)wall.DayOfWeek] || (wall.DayOfWeek == DayOfWeek.Sunday && _weekdays[7]);
        return _both ? byDay && byWeekday : byDay || byWeekday;
    }

    private static bool[] Expand(string field, int first, int last)
    {
        var values = new bool[last + 1];
        foreach (var item in field.Split(','))
        {
            var parts = item.Split('/');
            var ends = parts[0] == "*" ? [first, last] : parts[0].Split('-').Select(Number).ToArray();
            var step = parts.Length > 1 ? Number(parts[1]) : 1;
            var end =
                ends.Length > 1 ? ends[1]
                : parts.Length > 1 ? last
                : ends[0];
            for (var value = ends[0]; value <= end; value += step)
            {
                values[value] = true;
            }
        }

        return values;
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
