using Aios.Daemon.Monitoring;

namespace Aios.Tests.Daemon;

/// <summary>When the daemon looks again at a log that was written to.</summary>
public sealed class CommitRecheckTests
{
    private readonly FakeClock _clock = new();

    [Fact]
    public void It_looks_soon_then_ever_less_often_then_no_more()
    {
        var recheck = new CommitRecheck(_clock);
        Assert.Null(recheck.DueIn);
        Assert.False(recheck.IsDue());
        recheck.Begin();
        Assert.Equal([1, 2, 4, 8, 16, 32, 64], Looks(recheck));
        Assert.Null(recheck.DueIn);
    }

    [Fact]
    public void Each_further_write_begins_anew()
    {
        var recheck = new CommitRecheck(_clock);
        recheck.Begin();
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(recheck.IsDue());
        recheck.Begin();
        Assert.False(recheck.IsDue());
        Assert.Equal(7, Looks(recheck).Count);
    }

    private List<double> Looks(CommitRecheck recheck)
    {
        List<double> looks = [];
        while (recheck.DueIn is { } wait)
        {
            looks.Add(wait.TotalMilliseconds);
            Assert.False(recheck.IsDue());
            _clock.Advance(wait);
            Assert.True(recheck.IsDue());
        }

        return looks;
    }
}
