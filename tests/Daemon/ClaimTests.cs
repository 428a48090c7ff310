using Aios.Store.Triggers;

namespace Aios.Tests.Daemon;

/// <summary>Who comes first, and who is stepped over.</summary>
public sealed class ClaimTests
{
    [Fact]
    public void Higher_priority_first_then_older()
    {
        using var rig = new DaemonRig(DaemonRig.Job("plain"), DaemonRig.Job("urgent") with { Priority = 5 });
        var old = rig.Sql.Trigger("plain");
        var young = rig.Sql.Trigger("plain");
        var urgent = rig.Sql.Trigger("urgent");
        rig.Sql.Do("INSERT INTO triggers (job_name, args, kwargs, created, priority) VALUES ('plain', '[]', '{}', 1.0, 9)");
        Assert.Equal([young + 2, urgent, old, young], rig.Tick(freeSlots: 10).Select(run => run.Request.TriggerId));
    }

    [Fact]
    public void A_job_that_may_not_run_twice_does_not_hold_up_the_line_behind_it()
    {
        using var rig = new DaemonRig(
            DaemonRig.Job("one") with
            {
                MaxParallel = 1,
            },
            DaemonRig.Job("two") with
            {
                MaxParallel = 2,
            },
            DaemonRig.Job("free")
        );
        for (var i = 0; i < 300; i++)
            rig.Sql.Trigger("one");
        for (var i = 0; i < 300; i++)
            rig.Sql.Trigger("two");
        rig.Sql.Trigger("free");
        rig.Sql.Trigger("free");
        var started = rig.Tick(freeSlots: 10).GroupBy(run => run.Request.Job.Name).ToDictionary(group => group.Key, group => group.Count());
        Assert.Equal(
            new Dictionary<string, int>
            {
                ["one"] = 1,
                ["two"] = 2,
                ["free"] = 2,
            },
            started
        );
        Assert.Empty(rig.Tick(freeSlots: 5));
    }

    [Fact]
    public void No_more_start_than_there_are_slots_and_always_jobs_take_none()
    {
        using var rig = new DaemonRig(DaemonRig.Job("a"), DaemonRig.Job("server", JobType.Always));
        for (var i = 0; i < 50; i++)
            rig.Sql.Trigger("a");
        var started = rig.Tick(freeSlots: 3);
        Assert.Equal(3, started.Count(run => run.Request.Job.Name == "a"));
        Assert.Single(started, run => run.Request.Job.Name == "server");
        Assert.True(rig.Last.LacksSlots);
        Assert.Empty(rig.Tick(freeSlots: 0));
    }

    [Fact]
    public void Two_daemons_never_claim_the_same_row()
    {
        var job = DaemonRig.Job("a");
        using var rig = new DaemonRig(job);
        using var other = rig.Beside("there", "", job);
        for (var i = 0; i < 200; i++)
            rig.Sql.Trigger("a");
        var claimed = new List<long>();
        for (var tick = 0; tick < 30; tick++)
        {
            claimed.AddRange(rig.Tick().Select(run => run.Request.TriggerId));
            claimed.AddRange(other.Tick().Select(run => run.Request.TriggerId));
        }

        Assert.Equal(200, claimed.Count);
        Assert.Equal(200, claimed.Distinct().Count());
        Assert.Equal(200, rig.Sql.Scalar<long>("SELECT count(DISTINCT trigger_id) FROM runs"));
    }

    [Fact]
    public void Rows_that_wait_for_a_device_leave_the_line_free_for_the_others()
    {
        using var rig = new DaemonRig(DaemonRig.Job("gpu") with { Tags = ["gpu"] }, DaemonRig.Job("a"));
        for (var i = 0; i < 2500; i++)
            rig.Sql.Trigger("gpu");
        var last = rig.Sql.Trigger("a");
        var started = new List<long>();
        do started.AddRange(rig.Tick().Select(run => run.Request.TriggerId));
        while (rig.Last.HasMore);
        Assert.Equal([last], started);
        Assert.Equal(2500, rig.Sql.Scalar<long>("SELECT count(*) FROM triggers WHERE status = 'waiting'"));
    }

    [Fact]
    public void Arguments_of_the_trigger_are_laid_over_those_of_the_job()
    {
        using var rig = new DaemonRig(DaemonRig.Job("a") with { ArgsJson = "[1,2]", KwargsJson = """{"x":1,"y":2}""" });
        rig.Sql.Trigger("a");
        rig.Sql.Trigger("a", "[3]", """{"y":5,"z":null}""");
        var started = rig.Tick();
        Assert.Equal(("[1,2]", """{"x":1,"y":2}"""), (started[0].Request.ArgsJson, started[0].Request.KwargsJson));
        Assert.Equal(("[3]", """{"x":1,"y":5,"z":null}"""), (started[1].Request.ArgsJson, started[1].Request.KwargsJson));
    }

    [Fact]
    public void A_key_is_carried_by_one_trigger_only()
    {
        using var rig = new DaemonRig(DaemonRig.Job("a"));
        var first = rig.Connection.Write(queue =>
            queue.Triggers.Add(new NewTrigger("a", TriggerSource.CommandLine, rig.Clock.GetUtcNow()) { DedupKey = "k" })
        );
        Assert.NotNull(first);
        Assert.Null(
            rig.Connection.Write(queue =>
                queue.Triggers.Add(new NewTrigger("a", TriggerSource.CommandLine, rig.Clock.GetUtcNow()) { DedupKey = "k" })
            )
        );
        Assert.Equal(first, rig.Connection.Write(queue => queue.Triggers.WithDedupKey("k")));
        Assert.ThrowsAny<Exception>(() =>
            rig.Sql.Do("INSERT INTO triggers (job_name, args, kwargs, created, dedup_key) VALUES ('a', '[]', '{}', 1.0, 'k')")
        );
    }
}
