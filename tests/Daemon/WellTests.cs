using System.Text.Json;
using Aios.Health;
using Aios.Jobs;
using Aios.Store.Jobs;
using Aios.Store.Runs;
using Aios.Store.Sqlite.Driver;
using Aios.Store.Sqlite.Reading;
using Aios.Store.Sqlite.Schema;
using Microsoft.Data.Sqlite;

namespace Aios.Tests.Daemon;

/// <summary>Nothing looks well that is not: what daemons remember of failures, tell, and answer.</summary>
public sealed class WellTests
{
    private static readonly NoticeChannel Hook = new(NoticeTransport.Webhook, "https://example.org/hook");
    private static readonly Job Server = DaemonRig.Job("server", JobType.Always) with
    {
        Notify = [Hook],
        Ping = new PingUrls("https://hc/x"),
    };
    private static readonly Job Report = DaemonRig.Job("report") with
    {
        Notify = [Hook],
        Ping = new PingUrls("https://hc/x"),
        Overlap = Overlap.Parallel,
    };

    [Fact]
    public void A_process_that_fails_each_three_seconds_is_not_well_and_nobody_is_told_that_it_is()
    {
        using var rig = new DaemonRig(Server);
        Live(rig, 150, "3f");

        Assert.DoesNotContain("recovery", Told(rig));
        Assert.Equal("crash_loop", HealthOf(rig).Word);
        Assert.Equal(150, HealthOf(rig).Failures);
        Assert.StartsWith(
            "crash loop: 150 ends in a row, the last after 3s: exit status 1; next start in 60 s",
            rig.Sql.Scalar<string>("SELECT reason FROM triggers WHERE processed IS NULL"),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(Pings(rig), ping => ping == "https://hc/x");

        // Told at once, at the fifth end, and each hour with how often.
        Assert.Equal(["failure", "crash_loop"], Told(rig).Take(2));
        var counts = Messages(rig, "failure").Select(message => message.GetProperty("count").GetInt32()).ToList();
        Assert.True(counts.Count is 3 or 4, string.Join(' ', counts));
        Assert.Equal(1, counts[0]);
        Assert.All(counts.Skip(1), count => Assert.InRange(count, 50, 150));
        Assert.Matches(
            "has failed on here: exit status 1 \\(run \\d+\\), \\d+ times since 2026-03-02 12:00:03 UTC",
            Messages(rig, "failure")[^1].GetProperty("text").GetString()
        );
    }

    // Lives in seconds and how they end: f failed, s well, t timed out.
    [Theory]
    [InlineData("3f", "crash_loop", 0)]
    [InlineData("0.9f", "crash_loop", 0)]
    [InlineData("1.1f", "crash_loop", 0)]
    [InlineData("0.01f", "crash_loop", 0)]
    [InlineData("3f 5f", "crash_loop", 0)]
    [InlineData("3f 3s", "crash_loop", 0)]
    [InlineData("3s 3s 3f", "crash_loop", 0)]
    [InlineData("3f 0.1s", "crash_loop", 0)]
    [InlineData("3t", "crash_loop", 0)]
    [InlineData("12f", "crash_loop", 0)]
    [InlineData("45f", "crash_loop", 0)]
    [InlineData("130f", "crash_loop", 0)]
    [InlineData("130f 2f", "crash_loop", 0)]
    [InlineData("500f", "crash_loop", 0)]
    [InlineData("900f", "crash_loop", 1)]
    public void What_goes_on_failing_is_never_well(string lives, string expected, int recoveries)
    {
        using var rig = new DaemonRig(Server);
        Live(rig, 30, lives);
        Assert.Equal(recoveries, Told(rig).Count(word => word == "recovery"));
        Assert.Equal(expected, HealthOf(rig).Word);
    }

    [Fact]
    public void A_process_that_ends_well_again_and_again_is_well()
    {
        using var rig = new DaemonRig(Server);
        Live(rig, 20, "2s");
        Assert.Empty(Told(rig));
        Assert.Equal("well", HealthOf(rig).Word);
        Assert.Equal(0, rig.Sql.Scalar<long>("SELECT count(*) FROM job_health"));
    }

    [Fact]
    public void One_that_ends_well_but_at_once_is_no_failure_but_a_crash_loop_and_backs_off()
    {
        using var rig = new DaemonRig(Server);
        Live(rig, 4, "0.1s");
        Assert.Equal("well", HealthOf(rig).Word);
        Live(rig, 10, "0.1s");
        Assert.Equal(["crash_loop"], Told(rig));
        Assert.Equal(0, HealthOf(rig).Failures);
        Assert.Equal(("crash_loop", rig.Clock.GetUtcNow() + TimeSpan.FromSeconds(60)), (HealthOf(rig).Word, rig.Last.NextDue!.Value));
        Live(rig, 1, "2s");
        Assert.Equal(("well", 2), (HealthOf(rig).Word, Told(rig).Count));
    }

    [Fact]
    public void A_process_that_lasts_is_well_again_after_the_time_that_is_said_and_not_before()
    {
        using var rig = new DaemonRig(Server);
        Live(rig, 6, "3f");
        Assert.Contains("it is well again after 1m4s without a failure", HealthOf(rig).Words, StringComparison.Ordinal);
        Assert.Single(rig.TickAfter(TimeSpan.FromSeconds(32)));
        rig.TickAfter(TimeSpan.FromSeconds(63));
        Assert.DoesNotContain("recovery", Told(rig));
        rig.TickAfter(TimeSpan.FromSeconds(1));
        Assert.Single(Told(rig), "recovery");
        Assert.Equal("well", HealthOf(rig).Word);
        Assert.Equal(["https://hc/x"], Pings(rig));
    }

    [Fact]
    public void Time_in_which_nothing_ran_makes_nothing_well()
    {
        using var rig = new DaemonRig(Server);
        Live(rig, 6, "3f");
        var run = Assert.Single(rig.TickAfter(TimeSpan.FromSeconds(32)));
        rig.Clock.Advance(TimeSpan.FromSeconds(5));
        rig.Tick(freeSlots: null, ended: rig.End(run, RunStatus.Canceled, "the daemon was stopped", returned: true));
        rig.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Single(rig.Tick());
        rig.TickAfter(TimeSpan.FromSeconds(1));
        Assert.Equal("crash_loop", HealthOf(rig).Word);
        rig.TickAfter(TimeSpan.FromSeconds(64));
        Assert.Equal("well", HealthOf(rig).Word);
    }

    [Fact]
    public void Deaths_of_the_daemon_are_no_crash_loop_and_no_back_off()
    {
        using var rig = new DaemonRig(Server);
        for (var i = 0; i < 10; i++)
        {
            var run = Assert.Single(rig.Tick());
            rig.Clock.Advance(TimeSpan.FromMilliseconds(50));
            Assert.Equal(1, run.Request.Attempt);
            rig.Tick(freeSlots: null, ended: rig.End(run, RunStatus.Lost, "the daemon died") with { Started = rig.Clock.GetUtcNow() });
        }

        Assert.Empty(Told(rig));
        Assert.Equal("well", HealthOf(rig).Word);
    }

    // s succeeds, f fails, t times out, l is lost, c is canceled; ten minutes apart.
    [Theory]
    [InlineData("sssssssssf", "failing", "failure")]
    [InlineData("fssssssssssss", "well", "failure recovery")]
    [InlineData("fffsfffsfffs", "failing", "failure")]
    [InlineData("fsfsfsfsfsfs", "flaky", "failure recovery failure")]
    [InlineData("ssfssfssfss", "flaky", "failure recovery failure")]
    [InlineData("sffsfssfffsfsffssfs", "flaky", "failure")]
    [InlineData("tttt", "failing", "failure")]
    [InlineData("l", "failing", "failure")]
    [InlineData("ls", "well", "failure recovery")]
    [InlineData("cccc", "well", "")]
    [InlineData("fcccc", "failing", "failure")]
    public void Runs_of_a_job_are_told_by_their_rate(string results, string expected, string told)
    {
        using var rig = new DaemonRig(Report);
        Run(rig, results);
        Assert.Equal(expected, HealthOf(rig).Word);
        Assert.StartsWith(told, string.Join(' ', Told(rig)), StringComparison.Ordinal);
        if (!told.Contains("recovery", StringComparison.Ordinal))
            Assert.DoesNotContain("recovery", Told(rig));
    }

    [Fact]
    public void Only_the_last_attempt_counts()
    {
        using var rig = new DaemonRig(Report with { Retries = 1 });
        for (var i = 0; i < 5; i++)
        {
            rig.Sql.Trigger("report");
            rig.Tick(ended: rig.End(Assert.Single(rig.Tick()), RunStatus.Failed, "exit status 1"));
            rig.Tick(ended: rig.End(Assert.Single(rig.TickAfter(TimeSpan.FromSeconds(1))), RunStatus.Succeeded));
        }

        Assert.Empty(Told(rig));
        Assert.Equal(("well", 0L), (HealthOf(rig).Word, rig.Sql.Scalar<long>("SELECT count(*) FROM job_health")));
    }

    [Fact]
    public void Heartbeats_hear_of_a_success_only_when_the_job_is_well()
    {
        using var rig = new DaemonRig(Report);
        Run(rig, "fff");
        Run(rig, "ss");
        Assert.Empty(Pings(rig));
        Run(rig, "s");
        Assert.Equal(["https://hc/x"], Pings(rig));
    }

    [Fact]
    public void A_paused_and_a_disabled_job_need_no_look_and_tell_nothing()
    {
        using var rig = new DaemonRig(Report);
        Run(rig, "fff");
        Hold(rig, "report", HoldKind.Paused);
        rig.TickAfter(TimeSpan.FromHours(2));
        Assert.Equal(("off", 1), (HealthOf(rig).Word, Told(rig).Count));
        rig.Connection.Write(queue => queue.Holds.Remove("report"));
        Assert.Equal("failing", HealthOf(rig).Word);
        Edit(rig, Report with { Enabled = false });
        Assert.Equal(("off", 0L), (HealthOf(rig).Word, rig.Sql.Scalar<long>("SELECT count(*) FROM job_health")));
    }

    [Fact]
    public void An_edited_process_starts_at_once_and_is_well_when_it_lasts()
    {
        using var rig = new DaemonRig(Server);
        Live(rig, 8, "3f");
        Edit(rig, Server with { Work = new CommandWork(["false"]) });
        Assert.Equal("failing", HealthOf(rig).Word);
        Assert.Equal("running", rig.Sql.Scalar<string>("SELECT status FROM triggers WHERE processed IS NULL"));
        rig.TickAfter(TimeSpan.FromSeconds(9));
        Assert.Equal("failing", HealthOf(rig).Word);
        rig.TickAfter(TimeSpan.FromSeconds(1));
        Assert.Equal("well", HealthOf(rig).Word);
    }

    [Fact]
    public void An_edited_job_needs_one_good_run()
    {
        using var rig = new DaemonRig(Report);
        Run(rig, "ffffffff");
        Edit(rig, Report with { Work = new CommandWork(["false"]) });
        Assert.Equal("failing", HealthOf(rig).Word);
        Run(rig, "s");
        Assert.Equal(("well", "recovery"), (HealthOf(rig).Word, Told(rig)[^1]));
    }

    [Fact]
    public void A_restart_ends_the_back_off()
    {
        using var rig = new DaemonRig(Server);
        Live(rig, 8, "3f");
        Assert.Empty(rig.Tick());
        rig.Connection.Write(queue => queue.Restart("server"));
        Assert.Equal(1, Assert.Single(rig.Tick()).Request.Attempt);
        Assert.Equal("failing", HealthOf(rig).Word);
    }

    [Fact]
    public void A_stopped_job_is_not_counted_and_its_start_is_a_new_chance()
    {
        using var rig = new DaemonRig(Server);
        Live(rig, 8, "3f");
        var actor = new Aios.Store.Audit.Actor("me", "test");
        rig.Connection.Write(queue => Aios.Control.Orders.StopJob(queue, "server", true, StopRequest.Stop, actor, rig.Clock.GetUtcNow()));
        rig.TickAfter(TimeSpan.FromDays(1));
        Assert.Equal("off", HealthOf(rig).Word);
        rig.Connection.Write(queue => Aios.Control.Orders.Resume(queue, "server", actor, rig.Clock.GetUtcNow()));
        Assert.Equal(1, Assert.Single(rig.Tick()).Request.Attempt);
        Assert.Equal("failing", HealthOf(rig).Word);
        rig.TickAfter(TimeSpan.FromSeconds(10));
        Assert.Equal("well", HealthOf(rig).Word);
    }

    [Fact]
    public void Two_devices_remember_the_same()
    {
        using var rig = new DaemonRig(Server);
        using var other = rig.Beside("there", "", Server);
        for (var i = 1; i <= 6; i++)
        {
            var device = i % 2 == 0 ? other : rig;
            var run = Assert.Single(device.Tick());
            Assert.Equal(i, run.Request.Attempt);
            rig.Clock.Advance(TimeSpan.FromSeconds(3));
            device.Tick(freeSlots: null, ended: device.End(run, RunStatus.Failed, "exit status 1") with { Started = run.At });
            rig.Clock.Advance(TimeSpan.FromSeconds(60));
        }

        Assert.Equal(("crash_loop", 6L), (HealthOf(rig).Word, HealthOf(rig).Failures));
        Assert.Equal(["failure", "crash_loop"], Told(rig));
    }

    [Fact]
    public void A_clock_that_goes_back_neither_makes_well_nor_keeps_a_job_from_it()
    {
        using var rig = new DaemonRig(Server);
        Live(rig, 6, "3f");
        Assert.Single(rig.TickAfter(TimeSpan.FromSeconds(32)));
        rig.Clock.SetWall(rig.Clock.GetUtcNow().AddYears(-1));
        rig.Tick();
        Assert.Equal("crash_loop", HealthOf(rig).Word);
        rig.TickAfter(TimeSpan.FromSeconds(64));
        Assert.Equal("well", HealthOf(rig).Word);
    }

    [Fact]
    public void What_a_device_has_left_to_tell_is_told_by_one_that_has_the_job_however_it_ended()
    {
        using var rig = new DaemonRig(Report, DaemonRig.Job("mine") with { Notify = [Hook], Overlap = Overlap.Parallel });
        using var other = rig.Beside("there", "", Report);
        Run(rig, "f");
        rig.Sql.Trigger("mine");
        rig.Tick(ended: rig.End(Assert.Single(rig.Tick()), RunStatus.Failed));
        other.Tick();
        Assert.Equal(["here", "here"], rig.Sql.Column("SELECT device FROM notices ORDER BY id"));
        rig.Sql.Do("UPDATE devices SET status = 'offline' WHERE device = 'here'");
        other.Tick();
        Assert.Equal(["there", "here"], rig.Sql.Column("SELECT device FROM notices ORDER BY id"));
        Assert.Equal(rig.Clock.GetUtcNow(), other.Last.NextNotice!.Value, TimeSpan.FromHours(1));
        rig.Clock.Advance(TimeSpan.FromHours(25));
        other.Tick();
        Assert.Equal(["there", "there"], rig.Sql.Column("SELECT device FROM notices ORDER BY id LIMIT 2"));
    }

    [Fact]
    public void A_database_of_before_knows_what_had_failed()
    {
        using var rig = new DaemonRig(Report);
        Run(rig, "f");
        rig.Sql.Do("DROP TABLE job_health");
        using (var database = SqliteDatabase.Open(rig.DatabasePath, SqliteOpenMode.ReadWrite))
        using (var statements = new Statements(database))
        {
            HealthSchema.Apply(statements);
        }

        Assert.Equal("failing", HealthOf(rig).Word);
    }

    // Ticks come while a process lives, as those of a daemon do.
    private static void Live(DaemonRig rig, int lives, string pattern)
    {
        var ends = pattern.Split(' ');
        for (var i = 0; i < lives; i++)
        {
            var run = rig.Tick().SingleOrDefault() ?? Assert.Single(rig.TickAfter(rig.Last.NextDue!.Value - rig.Clock.GetUtcNow()));
            var end = ends[i % ends.Length];
            var life = TimeSpan.FromSeconds(double.Parse(end[..^1], System.Globalization.CultureInfo.InvariantCulture));
            for (var part = 0; part < 9; part++)
                rig.TickAfter(life / 10);
            rig.Clock.Advance(run.At + life - rig.Clock.GetUtcNow());
            var status = StatusOf(end[^1]);
            rig.Tick(
                freeSlots: null,
                ended: rig.End(run, status, status == RunStatus.Failed ? "exit status 1" : null) with
                {
                    Started = run.At,
                }
            );
        }
    }

    private static void Run(DaemonRig rig, string results)
    {
        foreach (var result in results)
        {
            rig.Sql.Trigger("report");
            var run = rig.TickAfter(TimeSpan.FromMinutes(10)).Single(claim => claim.Request.Job.Name == "report");
            if (result == 'l')
                rig.Sql.Do($"UPDATE runs SET pid = 1 WHERE id = {run.Request.RunId}");
            rig.Tick(ended: rig.End(run, StatusOf(result), result == 'f' ? "exit status 1" : null));
        }
    }

    private static RunStatus StatusOf(char letter) =>
        letter switch
        {
            'f' => RunStatus.Failed,
            't' => RunStatus.TimedOut,
            'l' => RunStatus.Lost,
            'c' => RunStatus.Canceled,
            _ => RunStatus.Succeeded,
        };

    private static void Edit(DaemonRig rig, params Job[] jobs)
    {
        rig.UseList(jobs);
        rig.Tick();
    }

    private static void Hold(DaemonRig rig, string job, HoldKind kind) =>
        rig.Connection.Write(queue =>
        {
            queue.Holds.Put(job, kind, rig.Clock.GetUtcNow());
            return true;
        });

    private static JobHealth HealthOf(DaemonRig rig)
    {
        using var reader = SqliteStoreReader.Open(rig.DatabasePath)!;
        return new JobHealthView(reader, rig.Clock.GetUtcNow()).Of(rig.List.Jobs[0]);
    }

    private static List<string> Told(DaemonRig rig) => rig.Sql.Column("SELECT event FROM notices ORDER BY id");

    private static List<JsonElement> Messages(DaemonRig rig, string word) =>
        [
            .. rig
                .Sql.Column("SELECT message FROM notices WHERE event = ?1 ORDER BY id", word)
                .Select(message => JsonDocument.Parse(message).RootElement),
        ];

    private static IEnumerable<string> Pings(DaemonRig rig) =>
        rig.Last.Pings.Select(ping => $"{ping.Target}{ping.Suffix}").Where(ping => !ping.EndsWith("/start", StringComparison.Ordinal));
}
