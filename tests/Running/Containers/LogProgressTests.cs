using Aios.Running.Containers;

namespace Aios.Tests.Running.Containers;

public sealed class LogProgressTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 21, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Each_line_comes_once_however_often_the_stream_begins_again()
    {
        // Two lines of one instant, as a burst has them.
        long[] lines = [0, 100, 100, 100, 200, 300];
        for (var first = 0; first <= lines.Length; first++)
        {
            var progress = new LogProgress(null);
            var told = lines[..first].Count(line => progress.IsNew(At(line)));
            progress.Rewind();
            told += lines.Count(line => progress.IsNew(At(line)));
            Assert.Equal(lines.Length, told);
        }
    }

    [Fact]
    public void What_a_database_remembers_is_taken_up_again()
    {
        // It keeps microseconds: ten ticks.
        var progress = new LogProgress(new LogPosition(At(100), 2));
        long[] lines = [90, 103, 109, 107, 110];
        Assert.Equal([false, false, false, true, true], lines.Select(line => progress.IsNew(At(line))));
    }

    [Fact]
    public void A_clock_that_is_set_back_loses_nothing()
    {
        var progress = new LogProgress(null);
        Assert.True(progress.IsNew(At(1000)));
        Assert.True(progress.IsNew(At(10)));
        Assert.True(progress.IsNew(At(20)));
    }

    [Fact]
    public void It_asks_from_a_moment_before_the_last_line() =>
        Assert.Equal(Start - TimeSpan.FromMilliseconds(1), new LogProgress(new LogPosition(Start, 1)).Since);

    private static DateTimeOffset At(long ticks) => Start.AddTicks(ticks);
}
