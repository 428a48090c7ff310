using System.Text.Json;
using Aios.Jobs;
using Aios.Store.Jobs;
using Aios.Store.Runs;

namespace Aios.Tests.Daemon;

/// <summary>What is noticed of jobs, and what is written down to be told.</summary>
public sealed class NoticeTests
{
    private static readonly NoticeChannel Hook = new(NoticeTransport.Webhook, "https://example.org/hook");
    private static readonly Job Backup = DaemonRig.Job("backup") with { Notify = [Hook], Overlap = Overlap.Parallel };

    [Fact]
    public void A_failure_is_told_once_and_that_it_is_well_again()
    {
        using var rig = new DaemonRig(Backup);
        Run(rig, RunStatus.Failed);
        Run(rig, RunStatus.Failed);
        Assert.Equal(["failure"], Told(rig));
        Run(rig, RunStatus.Succeeded);
        Run(rig, RunStatus.Succeeded);
        Assert.Equal(["failure", "recovery"], Told(rig));

        var message = Message(rig, "failure");
        Assert.Equal("Job \"backup\" has failed on here: exit status 1 (run 1).", message.GetProperty("text").GetString());
        Assert.Equal(
            (1, 1, "exit status 1"),
            (message.GetProperty("run_id").GetInt32(), message.GetProperty("count").GetInt32(), message.GetProperty("reason").GetString())
        );
        Assert.Contains(
            "well again on here, after 1s and 2 failures",
            Message(rig, "recovery").GetProperty("text").GetString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Only_the_last_attempt_is_a_failure_and_what_was_stopped_is_none()
    {
        using var rig = new DaemonRig(Backup with { Retries = 1 });
        rig.Sql.Trigger("backup");
        rig.Tick(ended: rig.End(Assert.Single(rig.Tick()), RunStatus.Failed, "exit status 1"));
        Assert.Empty(Told(rig));
        rig.Tick(ended: rig.End(Assert.Single(rig.TickAfter(TimeSpan.FromSeconds(1))), RunStatus.TimedOut));
        Assert.Equal(["failure"], Told(rig));
        Run(rig, RunStatus.Canceled);
        Assert.Equal(["failure"], Told(rig));
    }

    [Fact]
    public void What_goes_on_failing_is_told_again_after_a_while_with_how_often()
    {
        using var rig = new DaemonRig(Backup);
        for (var i = 0; i < 10; i++)
            Run(rig, RunStatus.Failed);
        rig.Clock.Advance(TimeSpan.FromHours(1));
        Run(rig, RunStatus.Failed);

        Assert.Equal(["failure", "failure"], Told(rig));
        Assert.Equal(
            11,
            JsonDocument
                .Parse(rig.Sql.Column("SELECT message FROM notices ORDER BY id DESC").First())
                .RootElement.GetProperty("count")
                .GetInt32()
        );
    }

    [Theory]
    [InlineData("f s f", "failure recovery failure", "failure recovery failure recovery")]
    [InlineData("f s f f f f f f", "failure recovery failure", "failure recovery failure failure")]
    [InlineData("f s f s f s f s f s f", "failure recovery failure", "failure recovery failure failure")]
    [InlineData("f s f s s s s s s", "failure recovery failure", "failure recovery failure recovery")]
    [InlineData("f f f f", "failure", "failure failure")]
    public void The_last_word_is_never_that_a_job_is_well_that_is_not(string results, string atOnce, string later)
    {
        using var rig = new DaemonRig(Backup);
        foreach (var result in results.Split(' '))
        {
            Run(rig, result == "f" ? RunStatus.Failed : RunStatus.Succeeded);
            rig.Clock.Advance(TimeSpan.FromSeconds(10));
        }

        Assert.Equal(atOnce, string.Join(' ', Told(rig)));
        rig.TickAfter(TimeSpan.FromMinutes(50));
        Assert.Equal(atOnce, string.Join(' ', Told(rig)));
        rig.Clock.Advance(TimeSpan.FromMinutes(10));
        if (later.EndsWith("failure", StringComparison.Ordinal))
            Run(rig, RunStatus.Failed);
        else
            for (var i = 0; i < 4; i++)
                Run(rig, RunStatus.Succeeded);
        Assert.Equal(later, string.Join(' ', Told(rig)));
        Assert.Equal(later.EndsWith("failure", StringComparison.Ordinal) ? 1 : 0, rig.Sql.Scalar<long>("SELECT count(*) FROM alarms"));
    }

    [Fact]
    public void What_a_limit_held_back_is_told_when_it_is_over_without_another_run()
    {
        using var rig = new DaemonRig(Backup);
        foreach (var result in "fsfsss")
            Run(rig, result == 'f' ? RunStatus.Failed : RunStatus.Succeeded);
        Assert.Equal(["failure", "recovery", "failure"], Told(rig));
        rig.TickAfter(TimeSpan.FromMinutes(59));
        Assert.Equal(["failure", "recovery", "failure"], Told(rig));
        rig.TickAfter(TimeSpan.FromMinutes(1));
        rig.TickAfter(TimeSpan.FromHours(5));
        Assert.Equal(["failure", "recovery", "failure", "recovery"], Told(rig));
    }

    [Fact]
    public void Each_channel_hears_what_it_wants()
    {
        using var rig = new DaemonRig(
            Backup with
            {
                Notify =
                [
                    Hook with
                    {
                        On = NoticeEvents.Failure,
                        Repeat = TimeSpan.Zero,
                    },
                    new NoticeChannel(NoticeTransport.Email, "ops@example.org") { On = NoticeEvents.Recovery },
                ],
            }
        );
        Run(rig, RunStatus.Failed);
        Run(rig, RunStatus.Failed);
        Run(rig, RunStatus.Succeeded);
        Run(rig, RunStatus.Succeeded);

        Assert.Equal(
            ["webhook failure", "webhook failure", "email recovery"],
            rig.Sql.Column("SELECT substr(channel, 1, instr(channel, ' ')) || event FROM notices ORDER BY id")
        );
        Assert.DoesNotContain("example", string.Concat(rig.Sql.Column("SELECT channel || message FROM notices")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_job_is_late_when_its_deadline_is_over_and_in_time_again_after_a_success()
    {
        using var rig = new DaemonRig(Backup with { Deadline = TimeSpan.FromHours(26) });
        rig.Tick();
        rig.TickAfter(TimeSpan.FromHours(25));
        Run(rig, RunStatus.Succeeded);
        rig.TickAfter(TimeSpan.FromHours(26));
        Assert.Empty(Told(rig));
        rig.TickAfter(TimeSpan.FromSeconds(10));
        rig.TickAfter(TimeSpan.FromHours(10));
        Assert.Equal(["late"], Told(rig));
        Assert.Contains(
            "has not succeeded since 2026-03-03 13:00:00 UTC, and its deadline is 1d2h",
            Message(rig, "late").GetProperty("text").GetString(),
            StringComparison.Ordinal
        );
        Assert.Single(rig.Sql.Column("SELECT message FROM logs WHERE level = 'WARNING' AND job_name = 'backup'"));
        Run(rig, RunStatus.Succeeded);
        Assert.Equal(["late", "recovery"], Told(rig));
    }

    [Fact]
    public void Two_devices_tell_once_and_a_paused_job_is_not_late()
    {
        var late = Backup with { Deadline = TimeSpan.FromHours(1) };
        using var rig = new DaemonRig(late, late with { Name = "paused" });
        using var other = rig.Beside("there", "", late, late with { Name = "paused" });
        rig.Connection.Write(queue =>
        {
            queue.Holds.Put("paused", HoldKind.Paused, rig.Clock.GetUtcNow());
            return true;
        });
        rig.Tick();
        other.Tick();
        rig.Clock.Advance(TimeSpan.FromHours(2));
        rig.Tick();
        other.Tick();
        Assert.Equal(["backup"], rig.Sql.Column("SELECT job_name FROM notices"));
    }

    [Fact]
    public void A_clock_that_goes_back_makes_nothing_late_and_no_deadline_longer()
    {
        using var rig = new DaemonRig(Backup with { Deadline = TimeSpan.FromHours(1) });
        rig.Tick();
        rig.Clock.SetWall(rig.Clock.GetUtcNow().AddDays(-30));
        rig.Tick();
        Assert.Empty(Told(rig));
        rig.TickAfter(TimeSpan.FromMinutes(61));
        Assert.Equal(["late"], Told(rig));
    }

    [Fact]
    public void A_crash_loop_is_told_and_that_a_process_lasts_again()
    {
        var server = DaemonRig.Job("server", JobType.Always) with
        {
            Notify = [Hook],
            Backoff = new Backoff([TimeSpan.FromSeconds(1)], Doubles: false),
        };
        using var rig = new DaemonRig(server);
        for (var i = 1; i <= 6; i++)
        {
            var run = Assert.Single(rig.Tick());
            rig.Tick(ended: rig.End(run, RunStatus.Failed, "exit status 1"));
            Assert.Equal(i < 5 ? ["failure"] : ["failure", "crash_loop"], Told(rig));
            rig.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Single(rig.Tick());
        Assert.Equal(2, Told(rig).Count);
        rig.TickAfter(TimeSpan.FromSeconds(1));
        rig.TickAfter(TimeSpan.FromSeconds(10));
        Assert.Equal(["failure", "crash_loop", "recovery"], Told(rig));
        Assert.Equal(0, rig.Sql.Scalar<long>("SELECT count(*) FROM alarms"));
    }

    [Fact]
    public void Heartbeats_are_told_of_starts_and_ends_but_not_of_further_attempts()
    {
        using var rig = new DaemonRig(
            Backup with
            {
                Retries = 1,
                Ping = new PingUrls("https://hc/x"),
            },
            DaemonRig.Job("own") with
            {
                Ping = new PingUrls(null, Success: "https://own/?ok"),
            }
        );
        var trigger = rig.Sql.Trigger("backup");
        var run = Assert.Single(rig.Tick());
        Assert.Equal(["https://hc/x/start"], Pings(rig));
        rig.Tick(ended: rig.End(run, RunStatus.Failed, "exit status 1"));
        Assert.Empty(Pings(rig));
        run = Assert.Single(rig.TickAfter(TimeSpan.FromSeconds(1)));
        Assert.Empty(Pings(rig));
        rig.Tick(ended: rig.End(run, RunStatus.Failed, "exit status 1"));
        Assert.Equal(["https://hc/x/fail exit status 1"], Pings(rig));
        Run(rig, RunStatus.Succeeded);
        Assert.Equal(["https://hc/x"], Pings(rig));
        Run(rig, RunStatus.Succeeded, "own");
        Assert.Equal(["https://own/?ok"], Pings(rig));
        Assert.True(trigger > 0);
    }

    [Fact]
    public void What_leaves_the_list_leaves_no_alarm_and_what_waits_is_bounded()
    {
        using var rig = new DaemonRig(Backup with { Deadline = TimeSpan.FromHours(1), Notify = [Hook with { Repeat = TimeSpan.Zero }] });
        for (var i = 0; i < 3; i++)
            Run(rig, RunStatus.Failed);
        rig.Sql.Do(
            "INSERT INTO notices (created, device, job_name, event, channel, message, due) SELECT 1, 'x', 'x', 'x', 'x', 'x', 1 FROM "
                + "(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 997) SELECT i FROM n)"
        );
        Run(rig, RunStatus.Failed);
        Assert.Equal(1000, rig.Sql.Scalar<long>("SELECT count(*) FROM notices"));
        rig.UseList(DaemonRig.Job("other"));
        rig.Tick();
        Assert.Equal((0, 0), (rig.Sql.Scalar<long>("SELECT count(*) FROM alarms"), rig.Sql.Scalar<long>("SELECT count(*) FROM deadlines")));
    }

    private static void Run(DaemonRig rig, RunStatus status, string job = "backup")
    {
        rig.Sql.Trigger(job);
        var run = Assert.Single(rig.Tick());
        rig.Tick(ended: rig.End(run, status, status == RunStatus.Failed ? "exit status 1" : null));
    }

    private static List<string> Told(DaemonRig rig) => rig.Sql.Column("SELECT event FROM notices ORDER BY id");

    private static JsonElement Message(DaemonRig rig, string word) =>
        JsonDocument.Parse(rig.Sql.Column("SELECT message FROM notices WHERE event = ?1", word).First()).RootElement;

    private static IEnumerable<string> Pings(DaemonRig rig) =>
        rig.Last.Pings.Select(ping => $"{ping.Target}{ping.Suffix}{(ping.Body is null ? "" : $" {ping.Body}")}");
}
