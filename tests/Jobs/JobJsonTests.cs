using Aios.Jobs;

namespace Aios.Tests.Jobs;

public sealed class JobJsonTests
{
    [Fact]
    public void Only_what_differs_from_the_defaults_is_written() =>
        Assert.Equal(
            """{"name":"a","type":"daily","file":"a.py","time":"09:00","retries":3}""",
            JobJson.Write(Lists.Job(Lists.Of("daily", "retries: 3")))
        );

    [Fact]
    public void What_is_written_can_be_read_again()
    {
        foreach (var job in Lists.Jobs(Samples.Good))
        {
            var written = JobJson.Write(job);
            Assert.Equal(written, JobJson.Write(Lists.Job($"[{written}]")));
        }
    }

    [Theory]
    [InlineData("interval: 1h30m", "1h30m")]
    [InlineData("interval: 5400", "1h30m")]
    [InlineData("interval_minutes: 0.5", "30s")]
    [InlineData("interval: 1500ms", "1s500ms")]
    [InlineData("interval: 100.5ms", "100.5ms")]
    public void An_interval_is_written_as_a_duration(string field, string expected) =>
        Assert.Contains(
            $"\"interval\":\"{expected}\"",
            JobJson.Write(Lists.Job($"- {{name: a, type: interval, file: a.py, {field}}}")),
            StringComparison.Ordinal
        );
}
