using Aios.Daemon;
using Aios.Tests.Support;

namespace Aios.Tests.Daemon;

/// <summary>When the daemon looks again at a log that was written to.</summary>
public sealed class AfterlookTests
{
    private readonly FakeClock _clock = new();

    [Fact]
    public void It_looks_soon_then_ever_less_often_then_no_more()
    {
        var afterlook = new Afterlook(_clock);
        Assert.Null(afterlook.DueIn);
        Assert.False(afterlook.IsDue());
        afterlook.Begin();
        Assert.Equal([1, 2, 4, 8, 16, 32, 64], Looks(afterlook));
        Assert.Null(afterlook.DueIn);
    }

    [Fact]
    public void Each_further_write_begins_anew()
    {
        var afterlook = new Afterlook(_clock);
        afterlook.Begin();
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(afterlook.IsDue());
        afterlook.Begin();
        Assert.False(afterlook.IsDue());
        Assert.Equal(7, Looks(afterlook).Count);
    }

    private List<double> Looks(Afterlook afterlook)
    {
        List<double> looks = [];
        while (afterlook.DueIn is { } wait)
        {
            looks.Add(wait.TotalMilliseconds);
            Assert.False(afterlook.IsDue());
            _clock.Advance(wait);
            Assert.True(afterlook.IsDue());
        }

        return looks;
    }
}
