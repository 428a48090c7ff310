using Aios.Models.Calls;
using Aios.Tests.Support;

namespace Aios.Tests.Models;

/// <summary>A model that fails rests, is tried with one call, and is taken back.</summary>
public sealed class ModelMeterTests
{
    private readonly FakeClock _clock = new();

    [Fact]
    public void Three_failures_in_a_row_make_it_rest_and_one_call_tries_it()
    {
        var meter = new ModelMeter(_clock);
        meter.Fail(null, "status 500");
        meter.Fail(null, "status 500");
        Assert.Null(meter.TryEnter());
        meter.Fail(null, "status 500");
        Assert.NotNull(meter.TryEnter());
        _clock.Advance(TimeSpan.FromSeconds(31));
        Assert.Null(meter.TryEnter());
        Assert.NotNull(meter.TryEnter());
        meter.Fail(null, "status 500");
        Assert.NotNull(meter.TryEnter());
        _clock.Advance(TimeSpan.FromSeconds(31));
        Assert.Null(meter.TryEnter());
        meter.Succeed(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));
        Assert.Null(meter.TryEnter());
        Assert.Null(meter.TryEnter());
    }

    [Fact]
    public void It_rests_as_long_as_its_provider_asks()
    {
        var meter = new ModelMeter(_clock);
        meter.Fail(TimeSpan.FromMinutes(5), "status 429");
        _clock.Advance(TimeSpan.FromMinutes(4));
        Assert.Equal(TimeSpan.FromMinutes(1), meter.TryEnter());
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(meter.TryEnter());
    }

    [Fact]
    public void What_was_measured_counts_for_some_minutes()
    {
        var meter = new ModelMeter(_clock);
        Assert.False(meter.IsSlowerThan(TimeSpan.FromSeconds(3)));
        meter.Succeed(TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(5));
        Assert.True(meter.IsSlowerThan(TimeSpan.FromSeconds(3)));
        Assert.False(meter.IsSlowerThan(TimeSpan.FromSeconds(4)));
        _clock.Advance(TimeSpan.FromMinutes(5));
        Assert.False(meter.IsSlowerThan(TimeSpan.FromSeconds(3)));
    }

    [Fact]
    public void A_model_that_lags_is_not_taken_for_faster_than_it_was()
    {
        var meter = new ModelMeter(_clock);
        meter.Lag(TimeSpan.FromSeconds(2));
        Assert.Equal(2, meter.FirstToken);
        meter.Succeed(TimeSpan.FromSeconds(12), TimeSpan.FromSeconds(12));
        Assert.Equal(4, meter.FirstToken!.Value, 6);
        meter.Lag(TimeSpan.FromSeconds(2));
        Assert.Equal(4, meter.FirstToken!.Value, 6);
    }

    [Fact]
    public void Who_tries_it_and_learns_nothing_leaves_the_trial_to_the_next()
    {
        var meter = new ModelMeter(_clock);
        meter.Fail(TimeSpan.FromSeconds(1), "status 429");
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(meter.TryEnter());
        meter.Leave();
        Assert.Null(meter.TryEnter());
    }
}
