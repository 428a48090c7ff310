using Aios.Jobs;
using Aios.Store;
using Aios.Store.Jobs;
using Aios.Store.Runs;

namespace Aios.Tests.Daemon;

/// <summary>One test for each arrow of docs/life-of-a-run.md.</summary>
public sealed class LifeOfARunTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void Queued_to_running_counts_the_attempt_before_anything_starts()
    {
        using var rig = new DaemonRig(DaemonRig.Job("a"));
        var id = rig.Sql.Trigger("a");
        var run = Assert.Single(rig.Tick());
        Assert.Equal("running", rig.Trigger(id));
        Assert.Equal("running", rig.Runs(id));
        Assert.Equal(1, run.Request.Attempt);
        Assert.Equal(1, rig.Sql.Scalar<long>("SELECT attempt FROM triggers WHERE id = ?1", id));
        Assert.Equal("running", rig.Sql.Scalar<string>("SELECT status FROM jobs WHERE job_name = 'a'"));
    }

    [Theory]
    [InlineData(RunStatus.Succeeded, "completed")]
    [InlineData(RunStatus.Failed, "failed")]
    [InlineData(RunStatus.TimedOut, "failed")]
    [InlineData(RunStatus.Canceled, "stopped")]
    [InlineData(RunStatus.Lost, "failed")]
    internal void Running_to_its_end_closes_the_trigger(RunStatus status, string originalWord)
    {
        using var rig = new DaemonRig(DaemonRig.Job("a"));
        var id = rig.Sql.Trigger("a");
        var run = rig.Tick()[0];
        rig.Sql.Do("UPDATE runs SET pid = 1");
        rig.Tick(ended: rig.End(run, status, "why"));
        Assert.Equal($"{status.Name()}: why", rig.Trigger(id));
        Assert.Equal(status.Name(), rig.Runs(id));
        Assert.NotEqual(0, rig.Sql.Scalar<double>("SELECT processed FROM triggers WHERE id = ?1", id));
        Assert.Equal(originalWord, rig.Sql.Scalar<string>("SELECT status FROM jobs WHERE job_name = 'a'"));
    }

    [Theory]
    [InlineData(RunStatus.Failed)]
    [InlineData(RunStatus.TimedOut)]
    [InlineData(RunStatus.Lost)]
    internal void Running_to_waiting_while_attempts_are_left_then_queued_then_running(RunStatus status)
    {
        using var rig = new DaemonRig(DaemonRig.Job("a") with { Retries = 2 });
        var id = rig.Sql.Trigger("a");
        var run = rig.Tick()[0];
        foreach (var wait in new[] { 1, 2 })
        {
            rig.Tick(ended: rig.End(run, status, "why"));
            Assert.StartsWith("waiting: attempt", rig.Trigger(id), StringComparison.Ordinal);
            Assert.Empty(rig.TickAfter(wait * Second - TimeSpan.FromMilliseconds(1)));
            run = Assert.Single(rig.TickAfter(TimeSpan.FromMilliseconds(2)));
        }

        Assert.Equal(3, run.Request.Attempt);
        rig.Sql.Do("UPDATE runs SET pid = 1");
        rig.Tick(ended: rig.End(run, status, "why"));
        Assert.Equal($"{status.Name()}: why", rig.Trigger(id));
        Assert.Equal(3, rig.Sql.Scalar<long>("SELECT count(*) FROM runs WHERE trigger_id = ?1", id));
    }

    [Fact]
    public void A_clock_that_goes_back_makes_no_attempt_wait_longer_than_its_back_off_and_moves_no_run_at()
    {
        var (job, server) = (DaemonRig.Job("a") with { Retries = 1 }, DaemonRig.Job("server", JobType.Always));
        using var rig = new DaemonRig(job, server);
        rig.Sql.Trigger("a");
        var at = rig.Clock.GetUtcNow().AddHours(1);
        rig.Sql.Do("INSERT INTO triggers (job_name, run_at) VALUES ('a', ?1)", UnixTime.Of(at));
        var runs = rig.Tick();
        Assert.Equal(2, runs.Count);
        rig.Tick(ended: [.. runs.Select(run => rig.End(run, RunStatus.Failed, "why"))]);
        rig.Clock.SetWall(rig.Clock.GetUtcNow().AddDays(-1));
        // What the loop does when it notices.
        rig.UseList(job, server);
        Assert.Empty(rig.Tick());
        Assert.Equal(["a", "server"], rig.TickAfter(Second + TimeSpan.FromMilliseconds(1)).Select(run => run.Request.Job.Name).Order());
        Assert.Equal($"waiting: until its run_at, {Aios.Scheduling.TimeWords.Of(at)}", rig.Trigger(2));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    [InlineData(1, 1)]
    public void A_clock_that_is_moved_between_the_end_of_an_attempt_and_its_record_makes_no_back_off_a_day_longer(
        int endedOnDay,
        int recordedOnDay
    )
    {
        var job = DaemonRig.Job("a") with { Retries = 1 };
        using var rig = new DaemonRig(job);
        var noon = rig.Clock.GetUtcNow();
        rig.Sql.Trigger("a");
        var run = Assert.Single(rig.Tick());
        rig.Clock.SetWall(noon.AddDays(endedOnDay));
        var ended = rig.End(run, RunStatus.Failed, "why");
        rig.Clock.SetWall(noon.AddDays(recordedOnDay));
        var next = rig.Tick(ended: ended);
        rig.Clock.SetWall(noon);
        // What the loop does when it notices, which it may do more than once.
        rig.UseList(job);
        next.AddRange(rig.Tick());
        next.AddRange(rig.TickAfter(Second + TimeSpan.FromMilliseconds(1)));
        Assert.Equal(2, Assert.Single(next).Request.Attempt);
    }

    [Fact]
    public void A_clock_that_goes_back_holds_up_nothing_that_had_waited_its_span()
    {
        Job[] jobs = [.. new[] { "a", "b", "c" }.Select(name => DaemonRig.Job(name).Daily(new TimeOnly(9, 0)))];
        using var rig = new DaemonRig(jobs);
        rig.Tick();
        // What was missed is made up for one after another; then all of it stands in line for want of a slot.
        rig.Clock.Advance(TimeSpan.FromDays(3));
        rig.Tick(freeSlots: 0);
        rig.Clock.Advance(TimeSpan.FromMinutes(1));
        rig.Tick(freeSlots: 0);
        Assert.Equal(3, rig.Sql.Scalar<long>("SELECT count(*) FROM triggers WHERE status = 'queued'"));
        rig.Clock.SetWall(rig.Clock.GetUtcNow().AddDays(-1));
        rig.UseList(jobs);
        Assert.Equal(3, rig.Tick().Count);
    }

    [Fact]
    public void A_clock_that_goes_back_makes_no_long_life_of_an_always_job_a_short_one()
    {
        using var rig = new DaemonRig(DaemonRig.Job("server", JobType.Always));
        var run = Assert.Single(rig.Tick());
        var started = rig.Clock.GetUtcNow();
        rig.Clock.Advance(TimeSpan.FromHours(1));
        rig.Clock.SetWall(started.AddDays(-1));
        var ended = rig.End(run, RunStatus.Failed, "why") with { Started = started, Lasted = TimeSpan.FromHours(1) };
        Assert.Equal(2, Assert.Single(rig.Tick(ended: ended)).Request.Attempt);
    }

    [Fact]
    public void Canceled_is_never_tried_again()
    {
        using var rig = new DaemonRig(DaemonRig.Job("a") with { Retries = 5 });
        var id = rig.Sql.Trigger("a");
        var run = rig.Tick()[0];
        rig.Tick(ended: rig.End(run, RunStatus.Canceled, "somebody asked"));
        Assert.Equal("canceled: somebody asked", rig.Trigger(id));
    }

    [Fact]
    public void Running_to_queued_when_the_daemon_is_stopped_does_not_count_the_attempt()
    {
        using var rig = new DaemonRig(DaemonRig.Job("a"));
        var id = rig.Sql.Trigger("a");
        var run = rig.Tick()[0];
        Assert.Empty(rig.Tick(freeSlots: null, ended: rig.End(run, RunStatus.Canceled, "the daemon was stopped", returned: true)));
        Assert.Equal("queued: the daemon was stopped", rig.Trigger(id));
        Assert.Equal("canceled", rig.Runs(id));
        Assert.Equal(1, Assert.Single(rig.Tick()).Request.Attempt);
    }

    [Fact]
    public void A_run_lost_before_its_process_was_seen_is_tried_again_three_times_whatever_its_retries()
    {
        using var rig = new DaemonRig(DaemonRig.Job("a"));
        var id = rig.Sql.Trigger("a");
        var run = rig.Tick()[0];
        for (var chance = 0; chance < 3; chance++)
        {
            rig.Tick(ended: rig.End(run, RunStatus.Lost, "the daemon died"));
            Assert.StartsWith("waiting: ", rig.Trigger(id), StringComparison.Ordinal);
            run = Assert.Single(rig.TickAfter(TimeSpan.FromMinutes(1)));
        }

        rig.Tick(ended: rig.End(run, RunStatus.Lost, "the daemon died"));
        Assert.Equal("lost: the daemon died", rig.Trigger(id));
    }

    [Theory]
    [InlineData(0, "lost: the daemon died")]
    [InlineData(1, "waiting: attempt 1 lost (the daemon died); next attempt in 1 s")]
    public void A_run_that_was_lost_after_it_had_begun_has_only_its_retries(int retries, string expected)
    {
        using var rig = new DaemonRig(DaemonRig.Job("a") with { Retries = retries });
        var id = rig.Sql.Trigger("a");
        rig.Tick(ended: rig.End(rig.Tick()[0], RunStatus.Lost, "the daemon died") with { Began = true });
        Assert.Equal(expected, rig.Trigger(id));
    }

    [Fact]
    public void Queued_to_waiting_until_its_run_at_then_running()
    {
        using var rig = new DaemonRig(DaemonRig.Job("a"));
        var id = rig.Sql.Trigger("a");
        rig.Sql.Do("UPDATE triggers SET run_at = ?1", UnixTime.Of(rig.Clock.GetUtcNow() + TimeSpan.FromHours(1)));
        Assert.Empty(rig.Tick());
        Assert.Equal($"waiting: until its run_at, {Aios.Scheduling.TimeWords.Of(rig.Clock.GetUtcNow().AddHours(1))}", rig.Trigger(id));
        Assert.Equal(rig.Clock.GetUtcNow() + TimeSpan.FromHours(1), rig.Last.NextDue);
        Assert.Single(rig.TickAfter(TimeSpan.FromHours(1)));
    }

    [Fact]
    public void Queued_to_waiting_for_a_device_with_its_tags_then_running_there()
    {
        var job = DaemonRig.Job("a") with { Tags = ["gpu"] };
        using var rig = new DaemonRig(job);
        var id = rig.Sql.Trigger("a");
        Assert.Empty(rig.Tick());
        Assert.Equal("waiting: needs a device with the tag gpu; none that is online has it", rig.Trigger(id));
        using var other = rig.Beside("there", "gpu browser", job);
        Assert.Equal("a", Assert.Single(other.Tick()).Request.Job.Name);
        Assert.Equal("running", rig.Trigger(id));
    }

    [Fact]
    public void A_trigger_for_a_device_that_is_online_stays_in_line_for_it()
    {
        var job = DaemonRig.Job("a") with { Tags = ["gpu"] };
        using var rig = new DaemonRig(job);
        using var other = rig.Beside("there", "gpu", job);
        other.Tick();
        var id = rig.Sql.Trigger("a");
        Assert.Empty(rig.Tick());
        Assert.Equal("queued", rig.Trigger(id));
        Assert.Single(other.Tick());
    }

    [Fact]
    public void Queued_to_waiting_while_its_job_is_disabled_then_running()
    {
        using var rig = new DaemonRig(DaemonRig.Job("a") with { Enabled = false });
        var id = rig.Sql.Trigger("a");
        Assert.Empty(rig.Tick());
        Assert.Equal("waiting: the job is disabled in the list", rig.Trigger(id));
        rig.UseList(DaemonRig.Job("a"));
        Assert.Single(rig.Tick());
    }

    [Fact]
    public void Queued_to_skipped_where_the_job_says_so_and_a_run_goes_on()
    {
        using var rig = new DaemonRig(DaemonRig.Job("a") with { Overlap = Overlap.Skip });
        var first = rig.Sql.Trigger("a");
        var second = rig.Sql.Trigger("a");
        Assert.Single(rig.Tick());
        Assert.Equal("running", rig.Trigger(first));
        Assert.Equal("skipped: overlap: another run of the job was not over", rig.Trigger(second));
    }

    [Fact]
    public void Queued_to_failed_for_a_job_that_no_device_has()
    {
        using var rig = new DaemonRig(DaemonRig.Job("report"));
        var id = rig.Sql.Trigger("raport");
        Assert.Empty(rig.Tick(freeSlots: 0));
        Assert.Equal(
            "failed: no device has a job named \"raport\" in its list. Did you mean \"report\"? `aios jobs` lists all.",
            rig.Trigger(id)
        );
    }

    [Fact]
    public void Queued_to_running_for_a_job_that_is_just_being_saved()
    {
        using var rig = new DaemonRig(DaemonRig.Job("report")) { ListIsChanging = true };
        var (saved, never) = (rig.Sql.Trigger("new"), rig.Sql.Trigger("nothing"));
        Assert.Empty(rig.Tick());
        Assert.Equal("waiting: its job is in no list that is in force, and a list is just being saved", rig.Trigger(saved));

        rig.ListIsChanging = false;
        rig.UseList(DaemonRig.Job("report"), DaemonRig.Job("new"));
        Assert.Equal(saved, Assert.Single(rig.TickAfter(TimeSpan.FromSeconds(1))).Request.TriggerId);
        Assert.Equal("failed: no device has a job named \"nothing\" in its list. `aios jobs` lists all.", rig.Trigger(never));
    }

    [Fact]
    public void A_job_that_a_list_with_mistakes_may_have_is_failed_with_the_mistakes()
    {
        using var rig = new DaemonRig(DaemonRig.Job("report"))
        {
            ListTrouble = "The job list has 1 mistake (x); the last valid one stays in force.",
        };
        var id = rig.Sql.Trigger("nothing");
        rig.Tick();
        Assert.Equal(
            "failed: no device has a job named \"nothing\" in its list. `aios jobs` lists all. The job list has 1 mistake (x); the last "
                + "valid one stays in force.",
            rig.Trigger(id)
        );
    }

    [Fact]
    public void The_row_of_a_job_that_only_an_absent_device_has_waits()
    {
        using var rig = new DaemonRig();
        using (var other = rig.Beside("there", "", DaemonRig.Job("a")))
        {
            other.Tick();
            other.Connection.Write(queue =>
            {
                queue.Devices.Leave("there", other.Context.BootId, rig.Clock.GetUtcNow());
                return 0;
            });
        }

        var id = rig.Sql.Trigger("a");
        rig.Tick();
        Assert.StartsWith("waiting: its job is in the list of devices that are not online", rig.Trigger(id), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not json", "{}", "args: not JSON")]
    [InlineData("{}", "{}", "args: a JSON object")]
    [InlineData("[]", "[1]", "kwargs: a JSON array")]
    [InlineData("[]", "{\"a\":", "kwargs: not JSON")]
    [InlineData("7", "{}", "args: a JSON integer")]
    public void Queued_to_failed_for_arguments_that_make_no_sense(string args, string kwargs, string reason)
    {
        using var rig = new DaemonRig(DaemonRig.Job("a"));
        var id = rig.Sql.Trigger("a", args, kwargs);
        Assert.Empty(rig.Tick(freeSlots: 0));
        Assert.StartsWith($"failed: {reason}", rig.Trigger(id), StringComparison.Ordinal);
    }
}
