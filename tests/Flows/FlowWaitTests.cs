using System.Globalization;

namespace Aios.Tests.Flows;

/// <summary>Steps that wait for a time or for a signal.</summary>
public sealed class FlowWaitTests
{
    [Fact]
    public void A_wait_for_a_duration_holds_nothing_but_a_row()
    {
        using var flow = new FlowRig("{name: a, wait: 90s}", "{name: b, command: [x]}");
        flow.Start();
        Assert.Equal(("", "running"), (flow.Running, flow.Status));
        Assert.StartsWith("waiting: waits until 2026-03-02", flow.Step("a"), StringComparison.Ordinal);
        Assert.Equal(1, flow.Sql.Scalar<long>("SELECT count(*) FROM triggers"));
        Assert.Equal(flow.Daemon.Clock.GetUtcNow().AddSeconds(90), flow.Daemon.Last.NextDue);
        flow.Pass(TimeSpan.FromSeconds(89));
        Assert.Equal("", flow.Running);
        flow.Pass(TimeSpan.FromSeconds(1));
        Assert.Equal("b", flow.Running);
    }

    [Theory]
    [InlineData("2026-03-02T12:01:00Z", 60)]
    [InlineData("2026-03-02T13:01:00+01:00", 60)]
    [InlineData("2026-03-03 12:00:00Z", 86400)]
    [InlineData("2020-01-01T00:00:00Z", 0)]
    [InlineData("0s", 0)]
    public void A_wait_for_an_instant_is_over_then(string wait, int seconds)
    {
        using var flow = new FlowRig($"{{name: a, wait: '{wait}'}}", "{name: b, command: [x]}");
        flow.Start();
        if (seconds > 0)
        {
            Assert.Equal("", flow.Running);
            flow.Pass(TimeSpan.FromSeconds(seconds - 1));
            Assert.Equal("", flow.Running);
            flow.Pass(TimeSpan.FromSeconds(1));
        }

        Assert.Equal("b", flow.Running);
    }

    [Theory]
    [InlineData("2026-03-02T21:01:00", 60)]
    [InlineData("2026-03-02 21:01", 60)]
    [InlineData("2026-03-02T12:01:00Z", 60)]
    [InlineData("2026-03-02T13:01:00+01:00", 60)]
    public void A_time_without_an_offset_is_one_of_the_jobs_time_zone(string wait, int seconds)
    {
        using var flow = FlowRig.On(
            $"- name: f\n  type: daily\n  time: \"03:00\"\n  timezone: Asia/Tokyo\n  steps:\n    - {{name: a, wait: '{wait}'}}\n"
        );
        flow.Start();
        flow.Pass(TimeSpan.FromSeconds(seconds - 1));
        Assert.StartsWith("waiting: waits until ", flow.Step("a"), StringComparison.Ordinal);
        flow.Pass(TimeSpan.FromSeconds(1));
        Assert.Equal("succeeded", flow.Step("a"));
    }

    [Theory]
    [InlineData("2026-03-29T02:30:00", "2026-03-29T01:00:00Z")]
    [InlineData("2026-10-25T02:30:00", "2026-10-25T00:30:00Z")]
    public void A_time_that_the_clock_skips_or_shows_twice_follows_the_rules_of_daily(string wait, string until)
    {
        using var flow = FlowRig.On(
            $"- name: f\n  type: daily\n  time: \"03:00\"\n  timezone: Europe/Berlin\n  steps:\n    - {{name: a, wait: '{wait}'}}\n"
        );
        flow.Start();
        Assert.Equal(
            DateTimeOffset.Parse(until, CultureInfo.InvariantCulture).ToUnixTimeSeconds(),
            flow.Sql.Scalar<double>("SELECT due FROM steps WHERE step = 'a'")
        );
    }

    [Fact]
    public void Without_a_time_zone_it_is_one_of_the_machine()
    {
        var wall = TimeZoneInfo.ConvertTime(new DateTimeOffset(2026, 3, 2, 12, 1, 0, TimeSpan.Zero), TimeZoneInfo.Local);
        using var flow = new FlowRig($"{{name: a, wait: '{wall:yyyy-MM-ddTHH:mm:ss}'}}");
        flow.Start();
        flow.Pass(TimeSpan.FromMinutes(1));
        Assert.Equal("succeeded", flow.Step("a"));
    }

    [Fact]
    public void A_time_may_come_from_a_step()
    {
        using var flow = new FlowRig("{name: s, set: {until: '2026-03-02T12:05:00Z'}}", "{name: a, wait: '${steps.s.result.until}'}");
        flow.Start();
        flow.Pass(TimeSpan.FromMinutes(5));
        Assert.Equal("succeeded", flow.Status);
    }

    [Fact]
    public void Twelve_hours_are_twelve_hours_also_where_summer_time_begins_meanwhile()
    {
        var evening = new DateTimeOffset(2026, 3, 28, 20, 0, 0, TimeSpan.FromHours(1));
        using var flow = FlowRig.On(FlowRig.List("", "{name: a, wait: 12h}", "{name: b, wait: '2026-03-29T09:30:00+02:00'}"), evening);
        flow.Start();
        flow.Daemon.Clock.SetWall(new DateTimeOffset(2026, 3, 29, 8, 59, 59, TimeSpan.FromHours(2)));
        flow.Settle();
        Assert.StartsWith("waiting", flow.Step("a"), StringComparison.Ordinal);
        flow.Daemon.Clock.SetWall(new DateTimeOffset(2026, 3, 29, 9, 0, 0, TimeSpan.FromHours(2)));
        flow.Settle();
        Assert.Equal("succeeded", flow.Step("a"));
        flow.Daemon.Clock.SetWall(new DateTimeOffset(2026, 3, 29, 9, 30, 0, TimeSpan.FromHours(2)));
        flow.Settle();
        Assert.Equal("succeeded", flow.Status);
    }

    [Fact]
    public void A_clock_that_is_set_forward_a_day_ends_the_waits_it_passes()
    {
        using var flow = new FlowRig("{name: a, wait: 2h}", "{name: b, wait: 2h}");
        flow.Start();
        flow.Pass(TimeSpan.FromDays(1));
        Assert.Equal("succeeded", flow.Step("a"));
        flow.Pass(TimeSpan.FromHours(1));
        Assert.StartsWith("waiting", flow.Step("b"), StringComparison.Ordinal);
        flow.Pass(TimeSpan.FromHours(1));
        Assert.Equal("succeeded", flow.Status);
    }

    [Fact]
    public void After_the_clock_was_set_back_a_day_a_start_makes_no_wait_longer_than_it_says()
    {
        using var flow = new FlowRig(
            "{name: a, wait: 2h, needs: s}",
            "{name: b, wait: '2026-03-02T14:00:00Z', needs: s}",
            "{name: c, wait: {signal: go}, timeout: 1h, needs: s}",
            "{name: s, set: 1}"
        );
        flow.Start();
        flow.Daemon.Clock.SetWall(flow.Daemon.Clock.GetUtcNow().AddDays(-1));
        flow.Change(FlowRig.List("", "{name: a, command: [x]}"));
        flow.Pass(TimeSpan.FromHours(1));
        Assert.StartsWith("timed_out", flow.Step("c"), StringComparison.Ordinal);
        flow.Pass(TimeSpan.FromHours(1));
        Assert.Equal("succeeded", flow.Step("a"));
        Assert.StartsWith("waiting", flow.Step("b"), StringComparison.Ordinal);
        flow.Pass(TimeSpan.FromDays(1));
        Assert.Equal("succeeded", flow.Step("b"));
    }

    [Fact]
    public void A_signal_ends_the_wait_and_brings_its_data()
    {
        using var flow = new FlowRig("{name: a, wait: {signal: paid}}", "{name: b, set: '${steps.a.result.amount}'}");
        flow.Start();
        Assert.Equal("waiting: waits for the signal paid", flow.Step("a"));
        flow.Signal("unpaid");
        flow.Signal("paid", """{"amount": 12.5}""");
        Assert.Equal(("succeeded", "12.5"), (flow.Status, flow.Result));
    }

    [Fact]
    public void A_signal_for_one_flow_is_for_no_other()
    {
        using var flow = new FlowRig("{name: a, wait: {signal: paid}}");
        var first = flow.Start();
        var second = flow.Start();
        flow.Signal("paid", flow: first);
        Assert.Equal(("succeeded", "running"), (flow.Daemon.Trigger(first), flow.Daemon.Trigger(second)));
        flow.Signal("paid");
        Assert.Equal("succeeded", flow.Daemon.Trigger(second));
    }

    [Fact]
    public void A_signal_for_all_reaches_all_that_have_started()
    {
        using var flow = new FlowRig("{name: c, command: [x]}", "{name: a, wait: {signal: paid}}");
        var (first, second) = (flow.Start(), flow.Start());
        flow.End("c");
        flow.Signal("paid", "1");
        Assert.Equal(("succeeded", "running"), (flow.Daemon.Trigger(first), flow.Daemon.Trigger(second)));
        // It came before the second one waited.
        flow.End("c");
        Assert.Equal("succeeded", flow.Daemon.Trigger(second));
        flow.Daemon.Clock.Advance(TimeSpan.FromSeconds(1));
        flow.Start();
        flow.End("c");
        Assert.Equal("waiting: waits for the signal paid", flow.Step("a"));
    }

    [Fact]
    public void One_signal_ends_one_wait_and_the_second_the_next()
    {
        using var flow = new FlowRig(
            "{name: a, wait: {signal: go}}",
            "{name: b, wait: {signal: go}}",
            "{name: c, set: ['${steps.a.result}', '${steps.b.result}']}"
        );
        flow.Start();
        flow.Signal("go", "1");
        Assert.Equal("waiting: waits for the signal go", flow.Step("b"));
        flow.Signal("go", "2");
        Assert.Equal(("succeeded", "[1,2]"), (flow.Status, flow.Result.Replace(" ", "", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_name_may_have_references()
    {
        using var flow = new FlowRig("{name: a, wait: {signal: 'paid-${kwargs.order}'}}");
        flow.Start(kwargs: """{"order": 7}""");
        flow.Signal("paid-8");
        Assert.Equal("waiting: waits for the signal paid-7", flow.Step("a"));
        flow.Signal("paid-7");
        Assert.Equal("succeeded", flow.Status);
    }

    [Fact]
    public void A_signal_that_does_not_come_in_time_times_the_step_out()
    {
        using var flow = new FlowRig("{name: a, wait: {signal: paid}, timeout: 1h}", "{name: b, set: 1, always: true}");
        flow.Start();
        flow.Pass(TimeSpan.FromHours(1));
        Assert.Equal("timed_out: the signal paid did not come in time", flow.Step("a"));
        Assert.Equal("failed: step a timed out: the signal paid did not come in time", flow.Status);
        flow.Signal("paid");
        Assert.Equal("failed: step a timed out: the signal paid did not come in time", flow.Status);
    }

    [Fact]
    public void A_signal_at_the_last_moment_counts()
    {
        using var flow = new FlowRig("{name: a, wait: {signal: paid}, timeout: 1h}");
        flow.Start();
        flow.Daemon.Clock.Advance(TimeSpan.FromHours(1));
        flow.Signal("paid", "7");
        Assert.Equal(("succeeded", "7"), (flow.Status, flow.Result));
    }

    [Theory]
    [InlineData("'no json'", "\"no json\"")]
    [InlineData("'{\"a\": 1'", "\"{\\\"a\\\": 1\"")]
    [InlineData("''", "\"\"")]
    [InlineData("7", "7")]
    [InlineData("1.5", "1.5")]
    [InlineData("'[NaN]'", "\"[NaN]\"")]
    [InlineData("x'00'", "\"\\u0000\"")]
    [InlineData("'{\"a\": 1}'", "{\"a\": 1}")]
    public void A_row_of_another_program_ends_the_wait_whatever_it_brings(string data, string result)
    {
        using var flow = new FlowRig("{name: a, wait: {signal: paid}}");
        flow.Start();
        flow.Sql.Do($"INSERT INTO signals (name, data) VALUES ('paid', {data})");
        flow.Settle();
        Assert.Equal("succeeded", flow.Status);
        Assert.Equal(result, flow.Result);
    }

    [Fact]
    public void Odd_rows_of_signals_wake_nobody_else()
    {
        using var flow = new FlowRig("{name: a, wait: {signal: paid}}");
        flow.Start();
        flow.Sql.Do(
            "INSERT INTO signals (name, flow_id, data, created) VALUES (x'ff', 'abc', 'x', 'y'), ('', NULL, '', -1), "
                + "('paid', 99, '1', 1e308), "
                + "('paid', NULL, '1', 1.0), (7, 1.5, x'ff', NULL)".Replace("NULL)", "0)", StringComparison.Ordinal)
        );
        flow.Settle();
        Assert.Equal("waiting: waits for the signal paid", flow.Step("a"));
    }
}
