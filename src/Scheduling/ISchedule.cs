namespace Aios.Scheduling;

/// <summary>
/// A rule that names instants. Implementations are immutable, look at no clock and do no I/O: the same question
/// always has the same answer.
/// </summary>
internal interface ISchedule
{
    /// <summary>
    /// What tells this schedule from any other that a job may have, on every device and in every version: the key of what the
    /// database stores about it. It never changes; what people read is <see cref="object.ToString"/>.
    /// </summary>
    string Identity { get; }

    /// <summary>
    /// Whether it counts from the last start: a job that has never run runs at first sight, and the same instant can come twice.
    /// </summary>
    bool CountsFromLastStart => false;

    /// <summary>Whether its times are drawn from the database's id, so that nobody knows them before there is a database.</summary>
    bool IsDrawnFromDatabase => false;

    /// <summary>The occurrences after this instant, each in time.</summary>
    ISchedule TimetableFrom(DateTimeOffset start) => this;

    /// <summary>The first occurrence strictly later than <paramref name="after"/>, or null if there is none.</summary>
    Occurrence? Next(DateTimeOffset after);

    /// <summary>
    /// The latest occurrence in (<paramref name="after"/>, <paramref name="upTo"/>], or null if there is none. Its cost
    /// does not grow with the number of occurrences between, so that a year of downtime is as cheap as a second.
    /// </summary>
    Occurrence? Latest(DateTimeOffset after, DateTimeOffset upTo);
}
