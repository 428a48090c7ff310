using Aios.Platform;

namespace Aios.Tests.Jobs;

public sealed class NearestNameTests
{
    private static readonly string[] Names = ["time", "timeout", "timezone", "retries", "interval", "interval_minutes", "tags"];

    [Theory]
    [InlineData("tyme", "time")]
    [InlineData("TIME", "time")]
    [InlineData("itme", "time")]
    [InlineData("time_out", "timeout")]
    [InlineData("timezon", "timezone")]
    [InlineData("retrys", "retries")]
    [InlineData("intervall", "interval")]
    [InlineData("interval-minutes", "interval_minutes")]
    [InlineData("tag", "tags")]
    [InlineData("colour", null)]
    [InlineData("", null)]
    public void The_name_that_was_probably_meant(string written, string? expected) =>
        Assert.Equal(expected, NearestName.Of(written, Names));

    [Theory]
    [InlineData("ab", "ba", 1)]
    [InlineData("abc", "abc", 0)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("", "abc", 3)]
    [InlineData("ca", "abc", 3)]
    public void Edits_are_counted(string left, string right, int edits) => Assert.Equal(edits, NearestName.Distance(left, right));

    [Fact]
    public void The_most_alike_comes_first() => Assert.Equal(["time", "timeout"], NearestName.Several("timeo", Names, 2).ToArray());

    [Fact]
    public void A_name_without_end_is_not_compared() => Assert.Null(NearestName.Of(new string('x', 1_000_000), Names));

    [Fact]
    public void A_list_finds_its_jobs()
    {
        var list = Lists.Parse(Samples.Good);
        Assert.Equal("report.py", list.Find("report")?.Work.ProgramFile);
        Assert.Null(list.Find("Report"));
        Assert.Equal(" Did you mean \"report\"? `aios jobs` lists all.", list.Hint("Raport"));
    }
}
