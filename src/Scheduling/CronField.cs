namespace Aios.Scheduling;

/// <summary>One field of a cron expression: its name in messages, its range and its names for values.</summary>
internal sealed class CronField
{
    public static readonly CronField Seconds = new("Seconds", 0, 59);
    public static readonly CronField Minutes = new("Minutes", 0, 59);
    public static readonly CronField Hours = new("Hours", 0, 23);
    public static readonly CronField DaysOfMonth = new("Days of month", 1, 31);

    public static readonly CronField Months = new("Months", 1, 12,
        "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");

    // 7 is a second name for Sunday, so the week has eight values and a period of seven.
    public static readonly CronField DaysOfWeek = new("Days of week", 0, 7,
        "SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT")
    { Period = 7 };

    /// <summary>The fields in their order, seconds included.</summary>
    public static readonly CronField[] All = [Seconds, Minutes, Hours, DaysOfMonth, Months, DaysOfWeek];

    private readonly string[] _names;

    private CronField(string name, int first, int last, params string[] names)
    {
        Name = name;
        First = first;
        Last = last;
        Period = last - first + 1;
        _names = names;
    }

    public string Name { get; }

    public int First { get; }

    public int Last { get; }

    /// <summary>How many different values there are: where a reversed range goes on from the start.</summary>
    public int Period { get; private init; }

    public bool HasNames => _names.Length > 0;

    public string Allowed => HasNames
        ? $"a value between {First} and {Last} or {_names[0]}-{_names[^1]}"
        : $"a value between {First} and {Last}";

    /// <summary>The value of a three-letter name in any case.</summary>
    public bool TryGetNamed(ReadOnlySpan<char> name, out int value)
    {
        for (value = First; value < First + _names.Length; value++)
        {
            if (name.Equals(_names[value - First], StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
