using Aios.Access;

namespace Aios.Tests.Access;

public class JobPatternsTests
{
    [Theory]
    [InlineData("", "anything", true)]
    [InlineData("mail", "mail", true)]
    [InlineData("mail", "mails", false)]
    [InlineData("mail", "Mail", false)]
    [InlineData("mail_*", "mail_orders", true)]
    [InlineData("mail_*", "mail_", true)]
    [InlineData("mail_*", "a_mail_orders", false)]
    [InlineData("*_report", "daily_report", true)]
    [InlineData("*_report", "daily_report_2", false)]
    [InlineData("a*b*c", "a1b2b3c", true)]
    [InlineData("a*b*c", "a1c", false)]
    [InlineData("*", "", true)]
    [InlineData("a, b*", "bee", true)]
    [InlineData("a?c", "abc", false)]
    [InlineData("[ab]", "a", false)]
    public void A_star_stands_for_any_letters(string patterns, string name, bool matches) =>
        Assert.Equal(matches, JobPatterns.Parse(patterns).Match(name));

    [Fact]
    public void A_pattern_of_many_stars_is_decided_at_once()
    {
        var pattern = JobPatterns.Parse(string.Concat(Enumerable.Repeat("*a", 200)) + "b");
        Assert.False(pattern.Match(new string('a', 20_000)));
    }
}
