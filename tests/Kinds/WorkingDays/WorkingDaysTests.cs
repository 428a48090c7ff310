using System.Globalization;
using Aios.Control;
using Aios.Jobs;
using Aios.Scheduling;
using Aios.Store.Runs;
using Aios.Tests.Scheduling;

namespace Aios.Tests.Kinds.WorkingDays;

/// <summary>A kind of schedule that AIOS does not have, from the job list to the run. It is noon on Monday, 2026-03-02.</summary>
public sealed class WorkingDaysTests
{
    private const string Invoices =
        "- {name: invoices, type: working_days, every: 3, at: \"14:00\", timezone: UTC, catch_up: none, command: [\"true\"]}";

    [Fact]
    public void The_list_has_its_fields()
    {
        var job = TestKinds.JobOf(Invoices);

        Assert.Equal(
            new WorkingDays
            {
                Every = 3,
                At = new TimeOnly(14, 0),
                TimeZone = TimeZoneInfo.Utc,
                CatchUp = CatchUp.None,
            },
            job.Schedule
        );
        Assert.Equal(
            """{"name":"invoices","type":"working_days","command":["true"],"every":3,"at":"14:00","timezone":"UTC","catch_up":"none"}""",
            JobJson.Write(job)
        );
        Assert.Equal(job with { DefinedAt = "" }, TestKinds.JobOf(JobJson.Write(job)) with { DefinedAt = "" }, (one, other) =>
            JobJson.Write(one) == JobJson.Write(other)
        );
    }

    [Theory]
    [InlineData("- {name: a, type: working_days, command: [a]}", "missing; a working_days job needs it: a whole number from 1 to 100")]
    [InlineData("- {name: a, type: working_days, every: 0, command: [a]}", "a whole number from 1 to 100")]
    [InlineData(
        "- {name: a, type: working_days, every: 2, time: \"09:00\", command: [a]}",
        "belongs to jobs of type daily, and this one is working_days; remove it or change the type"
    )]
    [InlineData(
        "- {name: a, type: daily, time: \"09:00\", every: 2, command: [a]}",
        "belongs to jobs of type working_days, and this one is daily; remove it or change the type"
    )]
    [InlineData("- {name: a, type: working_day, every: 2, command: [a]}", "working_days")]
    [InlineData("- {name: a, type: working_days, evry: 2, command: [a]}", "every")]
    public void A_mistake_in_them_is_reported_as_any_other(string list, string expected) =>
        Assert.Contains(expected, Parse(list).Errors[0].ToString(), StringComparison.Ordinal);

    [Fact]
    public void Defaults_reach_it_and_leave_out_what_is_not_its_own()
    {
        var list = Parse(
            "defaults: {every: 4, time: \"07:00\", timezone: UTC}\njobs:\n  - {name: a, type: working_days, command: [a]}\n  - {name: b, "
                + "type: daily, command: [b]}\n"
        );

        Assert.Empty(list.Errors);
        Assert.Equal(4, Assert.IsType<WorkingDays>(list.Jobs[0].Schedule).Every);
        Assert.Equal(new TimeOnly(7, 0), list.Jobs[1].As<Daily>().Time);
    }

    [Fact]
    public void Its_check_warns() =>
        Assert.Contains(
            "is each working day",
            Assert.Single(Parse("- {name: a, type: working_days, every: 1, command: [a]}").Warnings).ToString(),
            StringComparison.Ordinal
        );

    [Fact]
    public void It_shows_when_it_runs_next()
    {
        var coming = new ComingOccurrences(null, CronCase.Instant("2026-03-02 12:00:00Z"))
            .Of(TestKinds.JobOf(Invoices))
            .Take(4)
            .Select(next => next.At!.Value.ToString("ddd dd HH:mm", CultureInfo.InvariantCulture));

        Assert.Equal(["Wed 04 14:00", "Mon 09 14:00", "Thu 12 14:00", "Tue 17 14:00"], coming);
    }

    [Fact]
    public void Its_occurrences_are_the_same_in_either_direction()
    {
        var schedule = new WorkingDaysSchedule(3, new TimeOnly(2, 30), CronCase.Zone("Europe/Berlin"));
        var (first, end) = (CronCase.Utc("2026-01-01"), CronCase.Utc("2027-01-01"));

        Assert.Equal(ScheduleWalk.Forward(schedule, first, end), ScheduleWalk.Backward(schedule, first, end));
        Assert.InRange(ScheduleWalk.Forward(schedule, first, end).Count, 86, 88);
    }

    [Fact]
    public void An_occurrence_runs_once_also_after_a_restart()
    {
        var job = TestKinds.JobOf(Invoices);
        using var rig = new DaemonRig(job);
        Assert.Empty(rig.Tick());
        Assert.Empty(rig.TickAfter(TimeSpan.FromHours(49)));

        var run = Assert.Single(rig.TickAfter(TimeSpan.FromHours(1)));
        rig.Tick(ended: rig.End(run, RunStatus.Succeeded));
        rig.UseList(job);

        Assert.Empty(rig.TickAfter(TimeSpan.FromHours(1)));
        Assert.Equal("occurrence:invoices@1772632800000", rig.Sql.Scalar<string>("SELECT dedup_key FROM triggers"));
        Assert.Equal("every 3 working days at 14:00 (UTC)", rig.Sql.Scalar<string>("SELECT schedule FROM schedules"));
        Assert.Single(rig.TickAfter(TimeSpan.FromHours(119)));
    }

    private static JobList Parse(string list) => JobListLoader.Parse(list, "jobs.yaml", TestKinds.Fields);
}
