using System.Globalization;

namespace Aios.Scheduling;

/// <summary>An instant that a schedule names.</summary>
/// <param name="At">The instant, in UTC.</param>
/// <param name="Key">
/// What tells it from the others of its schedule: its local date (<c>yyyy-MM-dd</c>) where there is one each date, else the
/// instant in Unix milliseconds. A job's triggers are told apart by <see cref="OccurrenceKey"/>, since schedules are changed.
/// </param>
internal readonly record struct Occurrence(DateTimeOffset At, string Key)
{
    internal static Occurrence AtInstant(DateTimeOffset at) => new(at, at.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));

    internal static Occurrence OnDate(DateTimeOffset at, DateOnly date) =>
        new(at, date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
}
