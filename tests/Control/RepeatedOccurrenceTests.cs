using Aios.Control;

namespace Aios.Tests.Control;

/// <summary>Coming occurrences, put together where they repeat.</summary>
public sealed class RepeatedOccurrenceTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(3, 60, 3, null)]
    [InlineData(4, 60, 1, "every 60 s, 4 times")]
    [InlineData(1440, 60, 1, "every 60 s, 1,440 times")]
    [InlineData(5, 7200, 1, "every 2 h, 5 times")]
    public void Four_or_more_with_the_same_time_between_them_are_one(int count, int seconds, int lines, string? words)
    {
        var found = RepeatedOccurrence.Of(Every(seconds, count));
        Assert.Equal((lines, words), (found.Count, found[0].InWords));
        Assert.Equal(Noon.AddSeconds(seconds * (count - 1)), found[^1].Last);
    }

    [Fact]
    public void A_change_of_the_time_between_them_ends_one_and_begins_another()
    {
        var found = RepeatedOccurrence.Of([.. Every(60, 4), .. Every(600, 4, Noon.AddHours(1))]);
        Assert.Equal([Noon, Noon.AddHours(1)], found.Select(one => one.First.At!.Value));
        Assert.Equal(["every 60 s, 4 times", "every 10 min, 4 times"], found.Select(one => one.InWords!));
    }

    [Fact]
    public void Jobs_are_not_mixed_and_stand_in_the_order_of_their_first_time()
    {
        var mine = Every(60, 4, Noon.AddMinutes(1)).Select(one => one with { JobName = "mine" });
        var found = RepeatedOccurrence.Of(mine.Concat(Every(60, 4)));
        Assert.Equal([("job", 4), ("mine", 4)], found.Select(one => (one.First.JobName, one.Count)));
    }

    [Fact]
    public void What_has_no_time_yet_stands_alone()
    {
        var found = RepeatedOccurrence.Of([ComingOccurrence.AtStart("job"), .. Every(60, 4)]);
        Assert.Equal([(1, null), (4, Noon.AddMinutes(3))], found.Select(one => (one.Count, one.Last)));
    }

    private static IEnumerable<ComingOccurrence> Every(int seconds, int count, DateTimeOffset? from = null) =>
        Enumerable.Range(0, count).Select(number => new ComingOccurrence("job", (from ?? Noon).AddSeconds(seconds * number)));
}
