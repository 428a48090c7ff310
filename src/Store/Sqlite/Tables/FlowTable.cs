using Aios.Store.Flows;
using Aios.Store.Results;
using Aios.Store.Runs;
using Aios.Store.Sqlite.Driver;

namespace Aios.Store.Sqlite.Tables;

/// <inheritdoc />
internal sealed class FlowTable : IFlows
{
    private const string StepColumns =
        "flow_id, step, item, status, reason, result, trigger_id, attempt, rung, started, ended, due, signal, signal_id, detail, "
        + "wait_seconds, result_file";

    // What is left is taken in the next look.
    private const int WakesAtOnce = 1000;

    private readonly Statements _sql;

    internal FlowTable(Statements sql) => _sql = sql;

    /// <inheritdoc />
    public long StorePlan(string digest, string planJson, DateTimeOffset now)
    {
        if (_sql.Query("SELECT id FROM flow_plans WHERE digest = ?1", row => (long?)row.GetInt64(0), digest).FirstOrDefault() is { } known)
            return known;
        _sql.Execute("INSERT INTO flow_plans (digest, plan, created) VALUES (?1, ?2, ?3)", digest, planJson, UnixTime.Of(now));
        return _sql.LastInsertedId;
    }

    /// <inheritdoc />
    public string? Plan(long planId) => _sql.Scalar<string>("SELECT plan FROM flow_plans WHERE id = ?1", planId);

    /// <inheritdoc />
    public void Put(FlowRecord flow) =>
        _sql.Execute(
            """
            INSERT INTO flows (id, run_id, job_name, plan_id, args, kwargs, depth, attempt, priority, traceparent, started, due)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
            ON CONFLICT (id) DO UPDATE SET run_id = ?2, attempt = ?8, due = ?12, ended = NULL, ending = NULL, restart_from = NULL
            """,
            flow.Id,
            flow.RunId,
            flow.JobName,
            flow.PlanId,
            flow.ArgsJson,
            flow.KwargsJson,
            flow.Depth,
            flow.Attempt,
            flow.Priority,
            flow.TraceParent,
            UnixTime.Of(flow.Started),
            Seconds(flow.Due)
        );

    /// <inheritdoc />
    public FlowRecord? Find(long id) => _sql.Query($"{FlowRows.Select} WHERE id = ?1", FlowRows.Read, id).FirstOrDefault();

    /// <inheritdoc />
    public void SetEnding(long id, string reason) =>
        _sql.Execute("UPDATE flows SET ending = ?2, due = NULL WHERE id = ?1 AND ended IS NULL AND ending IS NULL", id, reason);

    /// <inheritdoc />
    public void End(long id, DateTimeOffset now) =>
        _sql.Execute("UPDATE flows SET ended = ?2, due = NULL WHERE id = ?1", id, UnixTime.Of(now));

    /// <inheritdoc />
    public IReadOnlyList<StepRecord> Steps(long flowId) =>
        _sql.Query($"SELECT {StepColumns} FROM steps WHERE flow_id = ?1 AND item = -1", FlowRows.ReadStep, flowId);

    /// <inheritdoc />
    public IReadOnlyList<StepStanding> Begun(long flowId) =>
        _sql.Query("SELECT step, status, trigger_id FROM steps WHERE flow_id = ?1 AND item = -1", FlowRows.ReadStanding, flowId);

    /// <inheritdoc />
    public StepRecord? Step(long flowId, string step, int item) =>
        _sql.Query($"SELECT {StepColumns} FROM steps WHERE flow_id = ?1 AND step = ?2 AND item = ?3", FlowRows.ReadStep, flowId, step, item)
            .FirstOrDefault();

    /// <inheritdoc />
    public StepRecord? StepOf(long triggerId) =>
        _sql.Query($"SELECT {StepColumns} FROM steps INDEXED BY steps_by_trigger WHERE trigger_id = ?1", FlowRows.ReadStep, triggerId)
            .FirstOrDefault();

    /// <inheritdoc />
    public StepPlace? PlaceOf(long triggerId) =>
        _sql.Query(
                """
                SELECT steps.flow_id, steps.step, steps.item, steps.rung, flow_plans.id, flow_plans.digest
                FROM steps INDEXED BY steps_by_trigger JOIN flows ON flows.id = steps.flow_id
                    JOIN flow_plans ON flow_plans.id = flows.plan_id
                WHERE steps.trigger_id = ?1 AND steps.status IN ('running', 'waiting') AND flows.ended IS NULL
                """,
                FlowRows.ReadPlace,
                triggerId
            )
            .FirstOrDefault();

    /// <inheritdoc />
    public IReadOnlyList<StepRecord> Open(long flowId, int limit) =>
        _sql.Query(
            $"SELECT {StepColumns} FROM steps INDEXED BY steps_open WHERE ended IS NULL AND flow_id = ?1 LIMIT ?2",
            FlowRows.ReadStep,
            flowId,
            limit
        );

    /// <inheritdoc />
    public IReadOnlyList<StepRecord> Waiting(long flowId, DateTimeOffset now) =>
        _sql.Query(
            $"""
            SELECT {StepColumns} FROM steps INDEXED BY steps_open
            WHERE ended IS NULL AND flow_id = ?1 AND status = 'waiting' AND (due IS NULL OR due <= ?2 OR signal IS NOT NULL)
            """,
            FlowRows.ReadStep,
            flowId,
            UnixTime.Of(now)
        );

    /// <inheritdoc />
    public void Abandon(long flowId, string reason, DateTimeOffset now)
    {
        _sql.Execute(
            "UPDATE steps SET status = 'canceled', reason = ?2, ended = ?3, due = NULL, signal = NULL WHERE flow_id = ?1 AND ended IS NULL",
            flowId,
            reason,
            UnixTime.Of(now)
        );
        _sql.Execute(
            "UPDATE approvals SET status = 'void', reason = ?2, decided = ?3 WHERE flow_id = ?1 AND status = 'waiting'",
            flowId,
            reason,
            UnixTime.Of(now)
        );
        _sql.Execute("DELETE FROM flow_wakes WHERE flow_id = ?1", flowId);
    }

    /// <inheritdoc />
    public void Rewind(DateTimeOffset now)
    {
        var seconds = UnixTime.Of(now);
        _sql.Execute(
            "UPDATE steps SET due = ?1 + wait_seconds WHERE ended IS NULL AND due IS NOT NULL AND due > ?1 + wait_seconds",
            seconds
        );
        _sql.Execute("UPDATE flows SET due = ?1 + (due - started) WHERE ended IS NULL AND due IS NOT NULL AND started > ?1", seconds);
        _sql.Execute(
            "UPDATE approvals SET expires = ?1 + (expires - created) WHERE status = 'waiting' AND expires IS NOT NULL AND created > ?1",
            seconds
        );
    }

    /// <inheritdoc />
    public void Put(StepRecord step) =>
        _sql.Execute(
            $"""
            INSERT INTO steps ({StepColumns}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)
            ON CONFLICT (flow_id, step, item) DO UPDATE SET status = ?4, reason = ?5, result = ?6, trigger_id = ?7, attempt = ?8,
                rung = ?9, started = ?10, ended = ?11, due = ?12, signal = ?13, signal_id = ?14, detail = ?15,
                wait_seconds = ?16, result_file = ?17
            """,
            step.FlowId,
            step.Step,
            step.Item,
            step.Status.Name(),
            step.Reason,
            step.ResultJson,
            step.TriggerId,
            step.Attempt,
            step.Rung,
            UnixTime.Of(step.Started),
            Seconds(step.Ended),
            Seconds(step.Due),
            step.Signal,
            step.SignalId,
            step.DetailJson,
            step.Wait?.TotalSeconds,
            ResultReference.Write(step.ResultFile)
        );

    // Of the indexes it needs but those of steps that are open.
    /// <inheritdoc />
    public void End(StepRecord step) =>
        _sql.Execute(
            "UPDATE steps SET status = ?4, reason = ?5, result = ?6, ended = ?7 WHERE flow_id = ?1 AND step = ?2 AND item = ?3",
            step.FlowId,
            step.Step,
            step.Item,
            step.Status.Name(),
            step.Reason,
            step.ResultJson,
            Seconds(step.Ended)
        );

    /// <inheritdoc />
    public IReadOnlyList<(int Item, string? ResultJson, ResultReference? File)> Results(long flowId, string step, int from, int limit) =>
        _sql.Query(
            "SELECT item, result, result_file FROM steps WHERE flow_id = ?1 AND step = ?2 AND item >= ?3 ORDER BY item LIMIT ?4",
            row => (row.GetInt32(0), FlowRows.Text(row, 1), ResultReference.Read(FlowRows.Text(row, 2))),
            flowId,
            step,
            from,
            limit
        );

    /// <inheritdoc />
    public void Forget(long flowId, string step)
    {
        _sql.Execute(
            "UPDATE approvals SET status = 'void', reason = 'the step was begun again' WHERE flow_id = ?1 AND step = ?2 AND "
                + "status = 'waiting'",
            flowId,
            step
        );
        _sql.Execute("DELETE FROM steps WHERE flow_id = ?1 AND step = ?2", flowId, step);
    }

    /// <inheritdoc />
    public void ForgetUnfinishedItems(long flowId, string step) =>
        _sql.Execute("DELETE FROM steps WHERE flow_id = ?1 AND step = ?2 AND item >= 0 AND status <> 'succeeded'", flowId, step);

    /// <inheritdoc />
    public void Wake(long flowId) => _sql.Execute("INSERT INTO flow_wakes (flow_id) VALUES (?1)", flowId);

    /// <inheritdoc />
    public IReadOnlyList<long> Woken(int limit) =>
        _sql.Query("SELECT flow_id FROM flow_wakes GROUP BY flow_id ORDER BY min(id) LIMIT ?1", row => row.GetInt64(0), limit);

    /// <inheritdoc />
    public IReadOnlyList<long> Due(DateTimeOffset now, int limit)
    {
        var seconds = UnixTime.Of(now);
        var due = _sql.Query(
            "SELECT id FROM flows INDEXED BY flows_due WHERE ended IS NULL AND due IS NOT NULL AND due <= ?1 ORDER BY due LIMIT ?2",
            row => row.GetInt64(0),
            seconds,
            limit
        );
        due.AddRange(
            _sql.Query(
                "SELECT flow_id FROM steps INDEXED BY steps_due WHERE ended IS NULL AND due IS NOT NULL AND due <= ?1 ORDER BY due "
                    + "LIMIT ?2",
                row => row.GetInt64(0),
                seconds,
                limit
            )
        );
        return [.. due.Distinct()];
    }

    /// <inheritdoc />
    public IReadOnlyList<long> TakeWakes(long flowId) =>
        [
            .. _sql.Query("DELETE FROM flow_wakes WHERE flow_id = ?1 RETURNING coalesce(trigger_id, 0)", row => row.GetInt64(0), flowId)
                .Where(trigger => trigger != 0)
                .Distinct(),
        ];

    /// <inheritdoc />
    public IReadOnlyDictionary<long, IReadOnlyList<long>> TakeFirstWakes(int flows)
    {
        var (taken, last) = (new OrderedDictionary<long, IReadOnlyList<long>>(), 0L);
        var wakes = _sql.Query(
            "SELECT id, flow_id, trigger_id FROM flow_wakes ORDER BY id LIMIT ?1",
            row => (Id: row.GetInt64(0), FlowId: row.GetInt64(1), TriggerId: row.IsDBNull(2) ? 0 : row.GetInt64(2)),
            WakesAtOnce
        );
        foreach (var (id, flow, trigger) in wakes)
        {
            if (!taken.TryGetValue(flow, out var ended))
            {
                if (taken.Count == flows)
                    break;
                taken[flow] = ended = new List<long>();
            }

            if (trigger != 0 && !ended.Contains(trigger))
                ((List<long>)ended).Add(trigger);
            last = id;
        }

        _sql.Execute("DELETE FROM flow_wakes WHERE id <= ?1", last);
        return taken;
    }

    /// <inheritdoc />
    public FlowCalendar Calendar() =>
        _sql.Query(
            """
            SELECT EXISTS (SELECT 1 FROM flow_wakes), (
                SELECT min(due) FROM (
                    SELECT (SELECT min(due) FROM flows INDEXED BY flows_due WHERE ended IS NULL AND due IS NOT NULL) AS due
                    UNION ALL SELECT (SELECT min(due) FROM steps INDEXED BY steps_due WHERE ended IS NULL AND due IS NOT NULL)
                    UNION ALL SELECT (SELECT min(expires) FROM approvals INDEXED BY approvals_by_expiry
                        WHERE status = 'waiting' AND expires IS NOT NULL)))
            """,
            row => new FlowCalendar(row.GetBoolean(0), FlowRows.Instant(row, 1))
        )[0];

    /// <inheritdoc />
    public bool IsAnyWoken() => _sql.Scalar<long>("SELECT EXISTS (SELECT 1 FROM flow_wakes)") != 0;

    /// <inheritdoc />
    public int AwaitingTime() =>
        (int)
            _sql.Scalar<long>("SELECT count(*) FROM steps INDEXED BY steps_due WHERE ended IS NULL AND due IS NOT NULL AND signal IS NULL");

    /// <inheritdoc />
    public StopRequest? StopRequest(long runId) =>
        _sql.Query(
                "SELECT CAST(stop_request AS TEXT) FROM runs WHERE id = ?1 AND status = 'running' AND stop_request IS NOT NULL "
                    + "AND stop_request <> ?2",
                row => (StopRequest?)StopRequestNames.Parse(row.GetString(0)),
                runId,
                StopRequestNames.Killed
            )
            .FirstOrDefault();

    /// <inheritdoc />
    public void NoteKill(long runId) =>
        _sql.Execute("UPDATE runs SET stop_request = ?2 WHERE id = ?1 AND status = 'running'", runId, StopRequestNames.Killed);

    /// <inheritdoc />
    public TriggerEnd? EndOf(long triggerId) =>
        _sql.Query(
                """
                SELECT CAST(triggers.status AS TEXT), CAST(triggers.reason AS TEXT), runs.result, runs.result_file
                FROM triggers LEFT JOIN runs
                    ON runs.id = (SELECT max(id) FROM runs AS last INDEXED BY runs_by_trigger WHERE last.trigger_id = ?1)
                WHERE triggers.id = ?1 AND processed IS NOT NULL
                UNION ALL SELECT 'canceled', 'its row was deleted', NULL, NULL WHERE NOT EXISTS (SELECT 1 FROM triggers WHERE id = ?1)
                """,
                row => new TriggerEnd(
                    row.GetString(0),
                    FlowRows.Text(row, 1),
                    FlowRows.Text(row, 2),
                    ResultReference.Read(FlowRows.Text(row, 3))
                ),
                triggerId
            )
            .FirstOrDefault();

    /// <inheritdoc />
    public long? FlowOf(long triggerId) =>
        _sql.Query("SELECT flow_id FROM triggers WHERE id = ?1", row => row.IsDBNull(0) ? (long?)null : row.GetInt64(0), triggerId)
            .FirstOrDefault();

    /// <inheritdoc />
    public bool Reopen(long flowId, string? restartFrom)
    {
        _sql.Execute("UPDATE flows SET restart_from = ?2 WHERE id = ?1 AND ended IS NOT NULL", flowId, restartFrom);
        return _sql.Execute(
                """
                UPDATE triggers SET processed = NULL, status = 'queued', reason = NULL, due = NULL
                WHERE id = ?1 AND processed IS NOT NULL AND EXISTS (SELECT 1 FROM flows WHERE id = ?1 AND ended IS NOT NULL)
                """,
                flowId
            ) == 1;
    }

    /// <inheritdoc />
    public void SetPlan(long flowId, long planId) => _sql.Execute("UPDATE flows SET plan_id = ?2 WHERE id = ?1", flowId, planId);

    /// <inheritdoc />
    public int CountWaiting(string name, long? flowId) =>
        (int)
            _sql.Scalar<long>(
                "SELECT count(DISTINCT flow_id) FROM steps INDEXED BY steps_for_signal WHERE ended IS NULL AND signal = ?1 "
                    + "AND (?2 IS NULL OR flow_id = ?2)",
                name,
                flowId
            );

    /// <inheritdoc />
    public long Send(string name, long? flowId, string dataJson, DateTimeOffset now)
    {
        _sql.Execute(
            "INSERT INTO signals (name, flow_id, data, created) VALUES (?1, ?2, ?3, ?4)",
            name,
            flowId,
            dataJson,
            UnixTime.Of(now)
        );
        return _sql.LastInsertedId;
    }

    /// <inheritdoc />
    public (long Id, string DataJson)? Signal(string name, FlowRecord flow) =>
        _sql.Query(
                """
                SELECT id, CAST(data AS TEXT) FROM signals INDEXED BY signals_by_name
                WHERE name = ?1 AND (flow_id = ?2 OR (flow_id IS NULL AND created >= ?3))
                    AND id NOT IN (SELECT signal_id FROM steps WHERE flow_id = ?2 AND signal_id IS NOT NULL)
                ORDER BY id LIMIT 1
                """,
                row => ((long, string)?)(row.GetInt64(0), row.GetString(1)),
                name,
                flow.Id,
                UnixTime.Of(flow.Started)
            )
            .FirstOrDefault();

    private static double? Seconds(DateTimeOffset? instant) => instant is { } known ? UnixTime.Of(known) : null;
}
