using Microsoft.Data.Sqlite;

namespace Aios.Tests.Store;

/// <summary>The numbers of rows: the largest there is, once used, would be the last.</summary>
public sealed class IdSpaceTests
{
    private const long Largest = 9_007_199_254_740_992;

    [Theory]
    [InlineData("INSERT INTO triggers (id, job_name) VALUES (9223372036854775807, 'work')", "triggers")]
    [InlineData("INSERT INTO triggers (id, job_name) VALUES (9007199254740993, 'work')", "triggers")]
    [InlineData("INSERT INTO triggers (id, job_name) VALUES (-1, 'work')", "triggers")]
    [InlineData("INSERT INTO triggers (id, job_name) VALUES (0, 'work')", "triggers")]
    [InlineData("INSERT INTO triggers (id, job_name) VALUES (-9223372036854775808, 'work')", "triggers")]
    [InlineData("INSERT INTO triggers (job_name) VALUES ('work'); UPDATE triggers SET id = 9223372036854775807", "triggers")]
    [InlineData("INSERT INTO logs (id, timestamp, level, message, device) VALUES (9223372036854775807, 1, 'INFO', 'x', 'd')", "logs")]
    [InlineData("INSERT INTO events (id, kind) VALUES (9223372036854775807, 'x')", "events")]
    [InlineData(
        "INSERT INTO notices (id, created, device, job_name, event, channel, message, due) VALUES (9223372036854775807, 1, 'd', 'j', 'e', "
            + "'c', '{}', 1)",
        "notices"
    )]
    [InlineData(
        "INSERT INTO runs (id, trigger_id, job_name, attempt, status, device, boot_id, started) VALUES (9223372036854775807, 1, 'j', 1, "
            + "'lost', 'd', 'b', 1)",
        "runs"
    )]
    public void A_row_with_such_a_number_is_refused(string sql, string table)
    {
        using var rig = new DaemonRig(DaemonRig.Job("work"));
        var error = Assert.Throws<SqliteException>(() => rig.Sql.Do(sql));
        Assert.Contains($"{table}.id: expected a number from 1 to {Largest}, or none", error.Message, StringComparison.Ordinal);
        GoesOn(rig);
    }

    [Theory]
    [InlineData("triggers", "INSERT INTO triggers (id, job_name) VALUES (9223372036854775807, 'work')")]
    [InlineData("triggers", "INSERT INTO triggers (id, job_name) VALUES (9223372036854775807, 'work'); DELETE FROM triggers")]
    [InlineData(
        "triggers",
        "INSERT INTO triggers (job_name) VALUES ('work'); UPDATE sqlite_sequence SET seq = 9223372036854775807 WHERE name = 'triggers'"
    )]
    [InlineData("logs", "INSERT INTO logs (id, timestamp, level, message, device) VALUES (9223372036854775807, 1, 'INFO', 'x', 'd')")]
    [InlineData("events", "INSERT INTO events (id, kind) VALUES (9223372036854775807, 'x')")]
    [InlineData(
        "runs",
        "INSERT INTO runs (id, trigger_id, job_name, attempt, status, device, boot_id, started) VALUES (9223372036854775807, 1, 'j', 1, "
            + "'lost', 'd', 'b', 1)"
    )]
    [InlineData(
        "notices",
        "INSERT INTO notices (id, created, device, job_name, event, channel, message, due) VALUES (9223372036854775807, 1, 'd', 'j', 'e', "
            + "'c', '{}', 1)"
    )]
    public void Where_the_refusal_was_passed_by_it_is_put_right_and_said(string table, string sql)
    {
        using var rig = new DaemonRig(DaemonRig.Job("work"));
        rig.Tick();
        rig.Sql.Do(
            "DROP TRIGGER triggers_id_inserted; DROP TRIGGER logs_id_inserted; DROP TRIGGER events_id_inserted; DROP TRIGGER "
                + "runs_id_inserted; DROP TRIGGER notices_id_inserted"
        );
        rig.Sql.Do(sql);
        rig.Connection.Write(queue =>
        {
            // Each table gets a row, as in the daemon's daily work.
            queue.Triggers.Add(new Aios.Store.Triggers.NewTrigger("work", "api", rig.Clock.GetUtcNow()));
            queue.Logs.Append(new Aios.Store.Logs.LogLine(rig.Clock.GetUtcNow(), "INFO", "x"), "d");
            queue.Runs.Begin(1, "other", 1, "d", "b", rig.Clock.GetUtcNow());
            return queue.Notices.Add("d", "j", "e", "c", "{}", rig.Clock.GetUtcNow());
        });
        Assert.True(rig.Sql.Scalar<long>($"SELECT max(id) FROM {table}") <= Largest);
        Assert.Contains(rig.Sql.Column("SELECT message FROM logs WHERE level = 'WARNING'"), message =>
            message.StartsWith($"{table}: ", StringComparison.Ordinal)
        );
        GoesOn(rig);
        rig.Sql.Trigger("work");
    }

    private static void GoesOn(DaemonRig rig)
    {
        var id = rig.Sql.Trigger("work");
        for (var tick = 0; tick < 20 && rig.Trigger(id) != "running"; tick++)
            rig.Tick(ended: [.. rig.Last.Claimed.Select(run => rig.End(run, Aios.Store.Runs.RunStatus.Succeeded))]);
        Assert.Equal("running", rig.Trigger(id));
    }
}
