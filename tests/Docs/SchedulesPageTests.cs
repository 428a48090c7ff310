using System.Globalization;
using Aios.Jobs;

namespace Aios.Tests.Docs;

/// <summary>The examples that docs/schedules.md works out by hand.</summary>
public class SchedulesPageTests
{
    private static readonly Dictionary<string, Job> OnThePage = Documents
        .Blocks("docs/schedules.md", "yaml")
        .SelectMany(block => JobListLoader.Parse(block.Text, "docs/schedules.md").Jobs)
        .ToDictionary(job => job.Name);

    [Theory]
    [InlineData("nightly", "2026-03-28T03:00+01:00", "2026-03-29T03:00+02:00", "2026-03-30T02:30+02:00")]
    [InlineData("nightly_by_cron", "2026-03-28T03:00+01:00", "2026-03-29T03:00+02:00", "2026-03-30T02:30+02:00")]
    [InlineData("half_past", "2026-03-29T01:00+01:00", "2026-03-29T01:30+01:00", "2026-03-29T03:30+02:00", "2026-03-29T04:30+02:00")]
    public void When_the_clock_goes_forward(string name, string after, params string[] expected) => Follow(name, after, expected);

    [Theory]
    [InlineData("nightly", "2026-10-24T03:00+02:00", "2026-10-25T00:30Z", "2026-10-26T02:30+01:00")]
    [InlineData("nightly_by_cron", "2026-10-24T03:00+02:00", "2026-10-25T00:30Z", "2026-10-26T02:30+01:00")]
    [InlineData("half_past", "2026-10-25T01:00+02:00", "2026-10-24T23:30Z", "2026-10-25T00:30Z", "2026-10-25T01:30Z", "2026-10-25T02:30Z")]
    public void When_the_clock_goes_back(string name, string after, params string[] expected) => Follow(name, after, expected);

    [Theory]
    [InlineData("0 9 13 * FRI", "2026-11-06", "2026-11-13", "2026-11-20", "2026-11-27", "2026-12-04")]
    [InlineData("0 9 */2 * FRI", "2026-11-13", "2026-11-27", "2026-12-11", "2026-12-25")]
    public void Which_days_match(string cron, params string[] expected)
    {
        Assert.Contains($"`{cron}`", Documents.Read("docs/schedules.md"), StringComparison.Ordinal);
        var job = JobListLoader
            .Parse($$"""- {name: a, type: cron, timezone: UTC, cron: "{{cron}}", command: [a]}""", "a.yaml")
            .Jobs.Single();
        Follow(job, "2026-11-01T00:00Z", [.. expected.Select(day => $"{day}T09:00Z")]);
    }

    private static void Follow(string name, string after, string[] expected) => Follow(OnThePage[name], after, expected);

    private static void Follow(Job job, string after, string[] expected)
    {
        var schedule = JobSchedules.Of(job, "")!;
        var at = Instant(after);
        foreach (var next in expected)
        {
            at = schedule.Next(at)!.Value.At;
            Assert.Equal(Instant(next), at);
        }
    }

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
