namespace Aios.Tests.Flows;

/// <summary>Whatever another program writes into the rows of flows, the daemon goes on, comes to rest and says what is wrong.</summary>
public sealed class FlowRowTests
{
    [Theory]
    [InlineData("UPDATE steps SET detail = 'no json' WHERE item = -1")]
    [InlineData("UPDATE steps SET detail = '[]' WHERE item = -1")]
    [InlineData("UPDATE steps SET detail = '{\"count\": \"x\"}' WHERE item = -1")]
    [InlineData("UPDATE steps SET detail = '{\"count\": 1e99, \"next\": -5, \"open\": -7}' WHERE item = -1")]
    [InlineData("UPDATE steps SET detail = '{\"tried\": [{}]}' WHERE item = -1")]
    [InlineData("UPDATE steps SET detail = x'ff00' WHERE item = -1")]
    [InlineData("UPDATE steps SET detail = NULL")]
    [InlineData("UPDATE steps SET status = 'odd'")]
    [InlineData("UPDATE steps SET status = 'waiting', trigger_id = NULL")]
    [InlineData("UPDATE steps SET status = 'running', trigger_id = NULL, due = 1.0")]
    [InlineData("UPDATE steps SET due = 'soon'")]
    [InlineData("UPDATE steps SET due = x'00', signal = x'ff'")]
    [InlineData("UPDATE steps SET due = -1e400")]
    [InlineData("UPDATE steps SET due = 1.0")]
    [InlineData("UPDATE steps SET trigger_id = 'x'")]
    [InlineData("UPDATE steps SET trigger_id = 999999")]
    [InlineData("UPDATE steps SET attempt = 'x', rung = 9999999999, started = 'y'")]
    [InlineData("UPDATE steps SET rung = -1")]
    [InlineData("UPDATE steps SET ended = 'x'")]
    [InlineData("UPDATE steps SET step = 'nobody' WHERE item = -1")]
    [InlineData("UPDATE steps SET item = 99999999999 WHERE item >= 0")]
    [InlineData("DELETE FROM steps WHERE item = -1")]
    [InlineData("DELETE FROM steps")]
    [InlineData("UPDATE flows SET due = 'soon'")]
    [InlineData("UPDATE flows SET due = 1.0")]
    [InlineData("UPDATE flows SET due = -1e400, ending = 'x'")]
    [InlineData("UPDATE flows SET plan_id = 'x'")]
    [InlineData("UPDATE flows SET plan_id = 999")]
    [InlineData("UPDATE flows SET run_id = 'x'")]
    [InlineData("UPDATE flows SET args = 'x', kwargs = x'ff'")]
    [InlineData("UPDATE flows SET depth = 'x', attempt = 'x', priority = 'x', started = 'x'")]
    [InlineData("UPDATE flows SET job_name = x'ff'")]
    [InlineData("UPDATE flows SET ended = 'x'")]
    [InlineData("DELETE FROM flows")]
    [InlineData("UPDATE flow_plans SET plan = 'no json'")]
    [InlineData("UPDATE flow_plans SET plan = '{}'")]
    [InlineData("UPDATE flow_plans SET plan = x'ff'")]
    [InlineData("UPDATE flow_plans SET digest = 'x'")]
    [InlineData("DELETE FROM flow_plans")]
    [InlineData("UPDATE approvals SET status = 'odd'")]
    [InlineData("UPDATE approvals SET status = '1'")]
    [InlineData("UPDATE approvals SET expires = 'soon'")]
    [InlineData("UPDATE approvals SET expires = x'00'")]
    [InlineData("UPDATE approvals SET expires = 1.0, on_expiry = 'odd'")]
    [InlineData("UPDATE approvals SET expires = 1.0, on_expiry = 'approve', fields = 'no json'")]
    [InlineData("UPDATE approvals SET expires = 1.0, on_expiry = 'approve', fields = '[]'")]
    [InlineData("UPDATE approvals SET expires = 1.0, on_expiry = 'approve', fields = '{\"a\": 7}'")]
    [InlineData("UPDATE approvals SET expires = 1.0, on_expiry = 'escalate', escalate = 'no json', created = 'x'")]
    [InlineData("UPDATE approvals SET expires = 1e300, on_expiry = 'escalate', escalate = '[]', created = -1e300")]
    [InlineData("UPDATE approvals SET expires = 9e9, created = -9e9, on_expiry = 'escalate', escalate = '[]', expires = 2.0")]
    [InlineData("UPDATE approvals SET flow_id = 'x'")]
    [InlineData("UPDATE approvals SET kind = 'odd', question = x'ff', need = 'x', digest = x'ff'")]
    [InlineData("INSERT INTO flow_wakes (flow_id, trigger_id) VALUES ('x', 'y'), (-1, -1), (1e300, x'ff'), (99, 1)")]
    [InlineData("INSERT INTO steps (flow_id, step, item, status, attempt, rung, started, due) VALUES (99, 'a', -1, 'waiting', 1, 0, 1, 1)")]
    [InlineData(
        "INSERT INTO steps (flow_id, step, item, status, attempt, rung, started, due) VALUES ('x', 'a', -1, 'waiting', 1, 0, 1, 1)"
    )]
    [InlineData("INSERT INTO flows VALUES (99, 1, 'f', 1, '[]', '{}', 0, 1, 0, NULL, 1, NULL, 1, NULL, NULL)")]
    [InlineData("INSERT INTO flows VALUES (98, 1, 'x', 77, '[]', '{}', 0, 1, 0, NULL, 1, NULL, 1, NULL, NULL)")]
    [InlineData(
        "INSERT INTO triggers (job_name, flow_id) VALUES ('f/a', 'x'), ('f/a', 1), ('f/', 1), ('/', 99), ('other', 99), ('f', 'x')"
    )]
    public void Ticks_go_on(string sql)
    {
        using var flow = FlowRig.On(
            FlowRig.List(
                "timeout: 1d",
                "{name: a, each: [1, 2, 3], max_parallel: 2, command: [x], needs: []}",
                "{name: ask, approval: Send?, expires: 1h}",
                "{name: w, wait: 1h}",
                "{name: s, wait: {signal: go}, timeout: 1h}",
                "{name: z, command: [x], needs: [a, ask, w, s]}"
            ) + "- {name: other, type: trigger, command: [x]}\n"
        );
        flow.Start();
        flow.Sql.Do("INSERT INTO flow_wakes (flow_id) VALUES (?1)", flow.Id);
        if (!IsTaken(flow, sql))
            return;
        flow.Settle();
        flow.Settle();
        var good = flow.Sql.Trigger("other");
        flow.Settle();
        Assert.Equal("running", flow.Daemon.Trigger(good));
        if (
            flow.Running.Contains('a', StringComparison.Ordinal)
            && flow.Sql.Scalar<long>("SELECT count(*) FROM steps WHERE step = 'a'") > 1
        )
            flow.End("a");
        flow.Stop();
        flow.Pass(TimeSpan.FromHours(2));
        flow.Pass(TimeSpan.FromDays(2));
        Assert.Equal("running", flow.Daemon.Trigger(good));
    }

    [Theory]
    [InlineData("UPDATE steps SET detail = 'no json'", "could not be handled")]
    [InlineData("DELETE FROM flow_plans", "its plan cannot be read")]
    [InlineData("UPDATE flow_plans SET plan = '{}', digest = 'other'", "its plan cannot be read")]
    public void A_flow_that_cannot_go_on_fails_with_a_reason_and_leaves_nothing_open(string sql, string reason)
    {
        using var flow = new FlowRig(
            "{name: a, each: [1, 2, 3], max_parallel: 1, command: [x], needs: []}",
            "{name: ask, approval: Send?, expires: 1h}",
            "{name: w, wait: 1h}",
            "{name: q, command: [x], tags: [gpu]}",
            "{name: z, command: [x], needs: a}"
        );
        flow.Start();
        flow.Sql.Do(sql);
        flow.End("a");
        Assert.StartsWith("failed: ", flow.Status, StringComparison.Ordinal);
        Assert.Contains(reason, flow.Status, StringComparison.Ordinal);
        flow.Pass(TimeSpan.FromDays(1));
        Assert.Equal(0, flow.Sql.Scalar<long>("SELECT count(*) FROM steps WHERE ended IS NULL"));
        Assert.Equal(0, flow.Sql.Scalar<long>("SELECT count(*) FROM triggers WHERE processed IS NULL"));
        Assert.Equal(0, flow.Sql.Scalar<long>("SELECT count(*) FROM approvals WHERE status = 'waiting'"));
    }

    // The tables refuse what nobody could make sense of.
    private static bool IsTaken(FlowRig flow, string sql)
    {
        try
        {
            flow.Sql.Do(sql);
            return true;
        }
        catch (Microsoft.Data.Sqlite.SqliteException error) when (error.SqliteErrorCode == 19)
        {
            return false;
        }
    }
}
