using System.Globalization;

namespace Aios.Scheduling;

/// <summary>Occurrences that passed without a run.</summary>
/// <param name="Count">How many, counted up to <see cref="CountLimit"/>.</param>
/// <param name="First">The oldest one.</param>
/// <param name="Last">The latest one.</param>
internal readonly record struct MissedOccurrences(int Count, Occurrence First, Occurrence Last)
{
    /// <summary>Where counting stops, so that its cost is bounded.</summary>
    public const int CountLimit = 1000;

    /// <summary>The occurrences in (<paramref name="after"/>, <paramref name="upTo"/>], or null if there are none.</summary>
    public static MissedOccurrences? Find(ISchedule schedule, DateTimeOffset after, DateTimeOffset upTo)
    {
        if (schedule.Latest(after, upTo) is not { } last || schedule.Next(after) is not { } first)
        {
            return null;
        }

        var count = 1;
        for (var at = first.At; at < last.At && count < CountLimit; count++)
        {
            at = schedule.Next(at)?.At ?? last.At;
        }

        return new MissedOccurrences(count, first, last);
    }

    /// <summary>In words, for example <c>3 missed occurrences (from ... to ...)</c>.</summary>
    public override string ToString() => InWords("missed ");

    /// <summary>In words, with another word for what they are.</summary>
    public string InWords(string kind)
    {
        if (Count == 1)
        {
            return $"1 {kind}occurrence ({TimeWords.Of(Last.At)})";
        }

        var count = Count.ToString("N0", CultureInfo.InvariantCulture);
        var more = Count == CountLimit ? " or more" : "";
        return $"{count}{more} {kind}occurrences (from {TimeWords.Of(First.At)} to {TimeWords.Of(Last.At)})";
    }
}
