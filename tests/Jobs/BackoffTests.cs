using Aios.Jobs;

namespace Aios.Tests.Jobs;

public sealed class BackoffTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 4)]
    [InlineData(12, 2048)]
    [InlineData(13, 3600)]
    [InlineData(5000, 3600)]
    public void The_default_doubles_from_a_second_to_an_hour(int failures, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Backoff.Default.After(failures));

    [Theory]
    [InlineData(1, 5)]
    [InlineData(2, 30)]
    [InlineData(9, 30)]
    public void A_list_of_waits_repeats_its_last(int failures, int seconds) =>
        Assert.Equal(
            TimeSpan.FromSeconds(seconds),
            new Backoff([TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30)], Doubles: false).After(failures)
        );
}
