using Aios.Health;
using Aios.Jobs;
using Aios.Store.Jobs;
using Aios.Store.Runs;
using FsCheck;
using FsCheck.Fluent;

namespace Aios.Tests.Health;

/// <summary>What well means, without a clock and without a database.</summary>
public sealed class HealthRulesTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly Job Server = new() { Name = "server", Schedule = ScheduledJobs.Blank(JobType.Always) };
    private static readonly Job Report = new() { Name = "report", Schedule = ScheduledJobs.Blank(JobType.Interval) };

    // Results of runs ten minutes apart, the oldest first, and how well the job is after them.
    [Theory]
    [InlineData("", "well")]
    [InlineData("s", "well")]
    [InlineData("f", "failing")]
    [InlineData("fs", "well")]
    [InlineData("ff", "failing")]
    [InlineData("ffs", "failing")]
    [InlineData("ffss", "well")]
    [InlineData("fffs", "failing")]
    [InlineData("fffss", "failing")]
    [InlineData("fffsss", "well")]
    [InlineData("ffffffffff", "failing")]
    [InlineData("ffffffffffsss", "well")]
    [InlineData("fsf", "failing")]
    [InlineData("fsfs", "flaky")]
    [InlineData("fsfss", "flaky")]
    [InlineData("fsfsss", "well")]
    [InlineData("fsfsfs", "flaky")]
    [InlineData("fffsfffsfffs", "failing")]
    [InlineData("ssfssfssfssfss", "flaky")]
    [InlineData("ssfssfssfssf", "failing")]
    [InlineData("fssssssssssssss", "well")]
    [InlineData("l", "failing")]
    [InlineData("t", "failing")]
    [InlineData("ls", "well")]
    public void Runs_make_a_job_well_or_not(string results, string expected)
    {
        var (record, now) = AfterRuns(results, TimeSpan.FromMinutes(10));
        Assert.Equal(expected, JobHealth.Of(Report, record, null, null, now).Word);
    }

    [Theory]
    [InlineData("fffffs", 24, "well")]
    [InlineData("fsfs", 24, "flaky")]
    [InlineData("fsfs", 24 * 7, "well")]
    [InlineData("fffffs", 1, "failing")]
    [InlineData("fffffss", 6, "well")]
    public void Whoever_runs_rarely_need_not_run_thrice_to_be_well(string results, int hoursBetween, string expected)
    {
        var (record, now) = AfterRuns(results, TimeSpan.FromHours(hoursBetween));
        Assert.Equal(expected, JobHealth.Of(Report, record, null, null, now).Word);
    }

    [Fact]
    public void Nothing_is_remembered_after_ten_good_runs() => Assert.Null(AfterRuns("fsfsfffssssssssss", TimeSpan.FromMinutes(1)).Record);

    [Theory]
    [InlineData(0.1, 1, 10)]
    [InlineData(3, 1, 12)]
    [InlineData(60, 1, 240)]
    [InlineData(3600, 1, 600)]
    [InlineData(3, 20, 200)]
    [InlineData(0.1, 300, 600)]
    public void The_time_without_a_failure_grows_with_the_lives_and_with_what_counts_as_stable(
        double life,
        double minUptime,
        double expected
    )
    {
        var job = Server with { Schedule = new Always { MinUptime = TimeSpan.FromSeconds(minUptime) } };
        var record = HealthRules.AfterLife(null, job, Failed(life), Start)!;
        Assert.Equal(TimeSpan.FromSeconds(expected), record.Probation);
    }

    [Fact]
    public void A_process_that_had_lasted_comes_back_at_once_and_waits_longer_each_time_it_fails_again()
    {
        HealthRecord? record = null;
        foreach (var wait in new[] { 0, 2, 4, 8, 16, 32, 60, 60 })
        {
            record = HealthRules.AfterLife(record, Server, Failed(3), Start);
            Assert.Equal(TimeSpan.FromSeconds(wait), HealthRules.Wait(record, Server, Failed(3)));
        }
    }

    [Fact]
    public void Waits_that_a_job_lists_are_kept()
    {
        var job = Server with { Backoff = new Backoff([TimeSpan.FromMinutes(5)], Doubles: false) };
        var record = HealthRules.AfterLife(null, job, Failed(0.1), Start);
        Assert.Equal(TimeSpan.FromMinutes(5), HealthRules.Wait(record, job, Failed(0.1)));
    }

    [Theory]
    [InlineData(RunStatus.Lost)]
    [InlineData(RunStatus.Canceled)]
    internal void What_a_daemon_or_a_person_has_ended_says_nothing_about_the_job(RunStatus status)
    {
        HealthRecord? record = null;
        for (var i = 0; i < 20; i++)
            record = HealthRules.AfterLife(record, Server, new ProcessEnd(status, TimeSpan.Zero, null, i), Start);
        Assert.Null(record);
        record = HealthRules.AfterLife(null, Server, Failed(3), Start);
        Assert.Equal(record, HealthRules.AfterLife(record, Server, new ProcessEnd(status, TimeSpan.Zero, null, 1), Start));
    }

    [Fact]
    public void A_relapse_doubles_the_time_and_is_forgotten_after_an_hour()
    {
        var first = HealthRules.Recovered(HealthRules.AfterLife(null, Server, Failed(3), Start)!, Start);
        Assert.Equal(TimeSpan.FromSeconds(24), HealthRules.AfterLife(first, Server, Failed(3), Start.AddMinutes(50))!.Probation);
        Assert.Equal(TimeSpan.FromSeconds(12), HealthRules.AfterLife(first, Server, Failed(3), Start.AddMinutes(61))!.Probation);
        Assert.True(HealthRules.IsForgotten(first, Server, Start.AddMinutes(61)));
    }

    [Fact]
    public void What_is_disabled_or_held_is_neither_well_nor_not()
    {
        var record = AfterRuns("fff", TimeSpan.Zero).Record;
        Assert.Equal("off", JobHealth.Of(Report with { Enabled = false }, record, null, null, Start).Word);
        Assert.Equal("off", JobHealth.Of(Report, record, new JobHold(HoldKind.Paused, Start), null, Start).Word);
        Assert.Equal("late", JobHealth.Of(Report with { Deadline = TimeSpan.FromHours(1) }, null, null, Start, Start).Word);
        Assert.Equal("failing", JobHealth.Of(Report, record, null, Start, Start).Word);
    }

    [Fact]
    public void The_words_say_how_often_since_when_why_and_what_makes_it_well()
    {
        var (record, now) = AfterRuns("fff", TimeSpan.FromMinutes(10));
        Assert.Equal(
            "exit status 1 (run 3); it has failed 3 times since 2026-03-02 12:10:00 UTC; it is well again after 3 more good runs in a "
                + "row, or a good one 12h after the last failure",
            JobHealth.Of(Report, record, null, null, now).Words
        );
    }

    private static readonly Config Checks = Config.QuickThrowOnFailure.WithMaxTest(2000).WithReplay(20260329, 7919);

    private static readonly Gen<string> AnyResults = Gen.Elements('s', 'f', 'f', 's', 's').ArrayOf().Select(letters => new string(letters));

    [Fact]
    public void A_job_whose_last_run_failed_is_never_well_and_many_good_ones_always_make_it_well() =>
        Prop.ForAll(AnyResults.ToArbitrary(), results =>
            {
                var (failed, at) = AfterRuns(results + "f", TimeSpan.FromMinutes(10));
                var (good, later) = AfterRuns(results + "ssssssssss", TimeSpan.FromMinutes(10));
                return !HealthRules.IsWell(failed!, Report, at) && good is null && later >= at;
            })
            .Check(Checks);

    [Fact]
    public void A_job_becomes_well_ever_more_rarely_while_it_goes_on_failing() =>
        Prop.ForAll(AnyResults.ToArbitrary(), results =>
            {
                HealthRecord? record = null;
                var recoveries = 0;
                var longest = 0;
                foreach (var result in results)
                {
                    var before = record;
                    record = After(record, result, Start);
                    if (before is { IsOpen: true } && record is not { IsOpen: true })
                        recoveries++;
                    longest = record is null ? 0 : Math.Max(longest, recoveries);
                    if (record is null)
                        recoveries = 0;
                }

                return longest <= 8;
            })
            .Check(Checks);

    [Fact]
    public void A_process_that_always_fails_after_the_same_time_is_not_called_well() =>
        Prop.ForAll(Gen.Choose(1, 36_000).ToArbitrary(), tenths =>
            {
                var life = TimeSpan.FromSeconds(tenths / 10.0);
                HealthRecord? record = null;
                var (now, recoveries) = (Start, 0);
                for (var i = 0; i < 40; i++)
                {
                    if (record is not null)
                        record = HealthRules.AfterStart(record, Server, now);
                    now += life;
                    if (record is { IsOpen: true } && HealthRules.IsWell(record, Server, now))
                        (record, recoveries) = (HealthRules.Recovered(record, now), recoveries + 1);
                    record = HealthRules.AfterLife(record, Server, Failed(life.TotalSeconds), now);
                    now += HealthRules.Wait(record, Server, Failed(life.TotalSeconds));
                }

                // Up to the ten minutes that Kubernetes takes, never; beyond it, it takes a few relapses.
                return recoveries <= (life < TimeSpan.FromMinutes(10) ? 0 : 4);
            })
            .Check(Checks);

    private static ProcessEnd Failed(double seconds) => new(RunStatus.Failed, TimeSpan.FromSeconds(seconds), "exit status 1", 1);

    private static (HealthRecord? Record, DateTimeOffset Now) AfterRuns(string results, TimeSpan between)
    {
        HealthRecord? record = null;
        var now = Start;
        foreach (var (result, number) in results.Select((result, number) => (result, number + 1)))
        {
            now += between;
            record = After(record, result, now, number);
        }

        return (record, now);
    }

    private static HealthRecord? After(HealthRecord? record, char result, DateTimeOffset now, long runId = 1) =>
        result == 's'
            ? HealthRules.AfterSuccess(record, Report, now)
            : HealthRules.AfterFailure(record, Report.Name, "exit status 1", runId, now);
}
