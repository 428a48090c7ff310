using Aios.Daemon.Loop;

namespace Aios.Tests.Daemon;

/// <summary>When the loop wakes.</summary>
public sealed class WakeSignalTests
{
    private static readonly TimeSpan Guard = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task What_was_wished_before_it_slept_wakes_it_once()
    {
        using var wake = new WakeSignal(TimeProvider.System);
        wake.Now();
        wake.Now();
        await Task.Run(() => wake.Sleep(Guard * 10)).WaitAsync(Guard);
        wake.Sleep(TimeSpan.FromMilliseconds(1));
        wake.Sleep(TimeSpan.FromSeconds(-1));

        var sleep = Task.Run(() => wake.Sleep(Guard * 10));
        Assert.False(sleep.IsCompleted);
        wake.Now();
        await sleep.WaitAsync(Guard);
    }

    [Fact]
    public async Task It_sleeps_by_the_clock_that_it_was_given()
    {
        var clock = new FakeClock();
        using var wake = new WakeSignal(clock);
        var sleep = Task.Run(() => wake.Sleep(TimeSpan.FromHours(1)));
        var patience = Task.Delay(Guard);
        while (!sleep.IsCompleted && !patience.IsCompleted)
        {
            clock.Advance(TimeSpan.FromMinutes(10));
            await Task.Yield();
        }

        Assert.True(sleep.IsCompleted);
    }
}
