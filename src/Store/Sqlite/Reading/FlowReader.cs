using Aios.Store.Flows;
using Aios.Store.Results;
using Aios.Store.Sqlite.Driver;
using Aios.Store.Sqlite.Tables;

namespace Aios.Store.Sqlite.Reading;

/// <summary>Reads flows, their steps, and what people are asked.</summary>
internal static class FlowReader
{
    // A flow that goes on runs if anything of it does.
    private const string Flows = """
        SELECT id, run_id, job_name, status, reason, waits, attempt, parent, started, ended, due FROM (
            SELECT f.id AS id, f.run_id AS run_id, f.job_name AS job_name, f.attempt AS attempt, t.flow_id AS parent,
                f.started AS started, f.ended AS ended, f.due AS due,
                CASE
                    WHEN f.ended IS NOT NULL AND t.id IS NOT NULL AND t.processed IS NULL THEN CAST(t.status AS TEXT)
                    WHEN f.ended IS NOT NULL THEN coalesce(r.status, CAST(t.status AS TEXT), 'unknown')
                    WHEN EXISTS (SELECT 1 FROM steps s INDEXED BY steps_open
                            WHERE s.flow_id = f.id AND s.ended IS NULL AND s.status = 'waiting')
                        AND NOT EXISTS (SELECT 1 FROM steps s INDEXED BY steps_open
                            WHERE s.flow_id = f.id AND s.ended IS NULL AND s.status = 'running' AND s.trigger_id IS NOT NULL) THEN 'waiting'
                    ELSE 'running' END AS status,
                CASE WHEN f.ended IS NULL THEN f.ending ELSE coalesce(r.reason, CAST(t.reason AS TEXT)) END AS reason,
                (SELECT s.step || ' ' || s.reason FROM steps s INDEXED BY steps_open
                    WHERE s.flow_id = f.id AND s.ended IS NULL AND s.status = 'waiting' LIMIT 1) AS waits
            FROM flows f LEFT JOIN runs r ON r.id = f.run_id LEFT JOIN triggers t ON t.id = f.id)
        """;

    private const string Steps = """
        SELECT s.flow_id, s.step, s.item, s.status, s.reason, CASE WHEN octet_length(s.result) <= @longest THEN s.result END, s.trigger_id,
            s.attempt, s.rung, s.started, s.ended, s.due, s.signal, s.signal_id, s.detail, s.wait_seconds, s.result_file,
            octet_length(s.result), CAST(t.status AS TEXT),
            CAST(t.reason AS TEXT), (SELECT max(id) FROM runs INDEXED BY runs_by_trigger WHERE trigger_id = s.trigger_id),
            (SELECT count(*) FROM runs INDEXED BY runs_by_trigger WHERE trigger_id = s.trigger_id),
            EXISTS (SELECT 1 FROM flows WHERE id = s.trigger_id),
            (SELECT max(id) FROM approvals INDEXED BY approvals_by_step WHERE flow_id = s.flow_id AND step = s.step),
            CASE WHEN octet_length(t.args) <= @longest THEN CAST(t.args AS TEXT) END,
            CASE WHEN octet_length(t.kwargs) <= @longest THEN CAST(t.kwargs AS TEXT) END
        FROM steps s LEFT JOIN triggers t ON t.id = s.trigger_id WHERE s.flow_id = @id AND
        """;

    /// <inheritdoc cref="IStoreReader.FlowPage" />
    public static Page<FlowSummary> Page(SqliteStoreReader reader, RowFilter filter, long? before, int limit) =>
        new PageReader<FlowSummary>(
            reader,
            "flows",
            "started",
            (where, values) => reader.Read($"{Flows} {where}", ReadFlow, values),
            flow => flow.Id
        ).Read(filter, before, limit);

    /// <inheritdoc cref="IStoreReader.OpenFlows" />
    public static IReadOnlyList<long> Open(SqliteStoreReader reader, string? jobName, int limit)
    {
        var values = new NamedValues().Add("job", jobName).Add("limit", limit);
        return reader.Read(
            "SELECT id FROM flows INDEXED BY flows_open WHERE ended IS NULL AND (@job IS NULL OR job_name = @job) ORDER BY id LIMIT @limit",
            row => row.GetInt64(0),
            values
        );
    }

    /// <inheritdoc cref="IStoreReader.Flow" />
    public static FlowDetails? Find(SqliteStoreReader reader, long id)
    {
        var values = new NamedValues().Add("id", id);
        if (reader.Read($"{Flows} WHERE id = @id", ReadFlow, values) is not [var summary])
            return null;
        var steps = reader.Read(
            $"{Steps} s.item = -1",
            ReadStep,
            new NamedValues().Add("id", id).Add("longest", StepSummary.LongestResult)
        );
        return reader
            .Read(
                """
                SELECT f.args, f.kwargs, CASE WHEN f.ended IS NOT NULL THEN r.result END, p.plan, coalesce(p.digest, ''),
                    CASE WHEN f.ended IS NOT NULL THEN r.result_file END
                FROM flows f LEFT JOIN runs r ON r.id = f.run_id LEFT JOIN flow_plans p ON p.id = f.plan_id WHERE f.id = @id
                """,
                row => new FlowDetails(
                    summary,
                    row.GetString(0),
                    row.GetString(1),
                    FlowRows.Text(row, 2),
                    FlowRows.Text(row, 3),
                    row.GetString(4),
                    steps
                )
                {
                    ResultFile = ResultReference.Read(FlowRows.Text(row, 5)),
                },
                values
            )
            .FirstOrDefault();
    }

    /// <inheritdoc cref="IStoreReader.FlowItems" />
    public static IReadOnlyList<StepSummary> Items(
        SqliteStoreReader reader,
        long flowId,
        string step,
        StepStatus? status,
        int from,
        int limit
    ) =>
        reader.Read(
            $"{Steps} s.step = @step AND s.item >= @from AND (@status IS NULL OR s.status = @status) ORDER BY s.item LIMIT @limit",
            ReadStep,
            new NamedValues()
                .Add("id", flowId)
                .Add("longest", StepSummary.LongestResult)
                .Add("step", step)
                .Add("from", Math.Max(0, from))
                .Add("status", status?.Name())
                .Add("limit", limit)
        );

    /// <inheritdoc cref="IStoreReader.ApprovalPage" />
    public static Page<ApprovalRecord> Approvals(
        SqliteStoreReader reader,
        RowFilter filter,
        ApprovalStatus? status,
        long? before,
        int limit
    ) =>
        new PageReader<ApprovalRecord>(
            reader,
            "approvals",
            "created",
            (where, values) => reader.Read($"{ApprovalTable.Select} {where}", ApprovalTable.Read, values),
            approval => approval.Id,
            condition: status is { } wanted ? $"status = '{ApprovalTable.Name(wanted)}' AND kind <> '{ApprovalKinds.Confirmation}'" : null
        ).Read(filter, before, limit);

    private static FlowSummary ReadFlow(Row row) =>
        new(row.GetInt64(0), row.GetInt64(1), row.GetString(2), row.GetString(3))
        {
            Reason = FlowRows.Text(row, 4),
            WaitsFor = FlowRows.Text(row, 5),
            Attempt = row.GetInt32(6),
            ParentId = row.IsDBNull(7) ? null : row.GetInt64(7),
            Started = UnixTime.ToInstant(row.GetDouble(8)),
            Ended = FlowRows.Instant(row, 9),
            Due = FlowRows.Instant(row, 10),
        };

    private static StepSummary ReadStep(Row row)
    {
        var step = FlowRows.ReadStep(row);
        return new(step)
        {
            ResultBytes = row.IsDBNull(17) ? step.ResultFile?.Bytes : row.GetInt64(17),
            TriggerStatus = FlowRows.Text(row, 18),
            TriggerReason = FlowRows.Text(row, 19),
            RunId = row.IsDBNull(20) ? null : row.GetInt64(20),
            Runs = row.GetInt32(21),
            IsFlow = row.GetBoolean(22),
            ApprovalId = row.IsDBNull(23) ? null : row.GetInt64(23),
            ArgsJson = FlowRows.Text(row, 24),
            KwargsJson = FlowRows.Text(row, 25),
        };
    }
}
