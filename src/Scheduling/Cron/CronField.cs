namespace Aios.Scheduling;

/// <summary>One field of a cron expression: its name in messages, its range and its names for values.</summary>
internal sealed record CronField(string Name, int First, int Last, params string[] Names)
{
    public static readonly CronField DaysOfMonth = new("Days of month", 1, 31);
    public static readonly CronField DaysOfWeek = new("Days of week", 0, 7, "SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");

    /// <summary>The fields in their order, seconds included.</summary>
    public static readonly CronField[] All =
    [
        new("Seconds", 0, 59),
        new("Minutes", 0, 59),
        new("Hours", 0, 23),
        DaysOfMonth,
        new("Months", 1, 12, "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"),
        DaysOfWeek,
    ];

    /// <summary>The fields of an expression that has so many, or would have.</summary>
    public static ReadOnlySpan<CronField> Of(int count) => count == All.Length ? All : All.AsSpan(1);

    public string Allowed =>
        Names.Length == 0 ? $"a value between {First} and {Last}" : $"a value between {First} and {Last} or {Names[0]}-{Names[^1]}";
}
