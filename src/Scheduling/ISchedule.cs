namespace Aios.Scheduling;

/// <summary>
/// A rule that names instants. Implementations are immutable, look at no clock and do no I/O: the same question
/// always has the same answer.
/// </summary>
internal interface ISchedule
{
    /// <summary>The first occurrence strictly later than <paramref name="after"/>, or null if there is none.</summary>
    Occurrence? Next(DateTimeOffset after);

    /// <summary>
    /// The latest occurrence in (<paramref name="after"/>, <paramref name="upTo"/>], or null if there is none. Its cost
    /// does not grow with the number of occurrences between, so that a year of downtime is as cheap as a second.
    /// </summary>
    Occurrence? Latest(DateTimeOffset after, DateTimeOffset upTo);
}
