using Aios.Store.Flows;
using Aios.Store.Sqlite.Driver;
using Dapper;

namespace Aios.Store.Sqlite.Tables;

/// <inheritdoc />
internal sealed class ApprovalTable : IApprovals
{
    public const string Select =
        "SELECT id, kind, question, shown, digest, flow_id, step, job_name, fields, by_whom, need, status, created, expires, on_expiry, "
        + "escalate, decided, reason, result, operation, asked_by, used FROM approvals";

    // The audit has all of them for ever.
    private static readonly TimeSpan OperationsKept = TimeSpan.FromDays(90);

    private readonly SqliteDatabase _database;

    internal ApprovalTable(SqliteDatabase database) => _database = database;

    public static ApprovalRecord Read(Row row) =>
        new(row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4))
        {
            FlowId = row.IsDBNull(5) ? null : row.GetInt64(5),
            Step = FlowRows.Text(row, 6),
            JobName = FlowRows.Text(row, 7),
            FieldsJson = row.GetString(8),
            ByJson = row.GetString(9),
            Need = row.GetInt32(10),
            Status = Enum.TryParse<ApprovalStatus>(row.GetString(11), ignoreCase: true, out var status) ? status : ApprovalStatus.Void,
            Created = UnixTime.ToInstant(row.GetDouble(12)),
            Expires = FlowRows.Instant(row, 13),
            OnExpiry = row.GetString(14),
            EscalateJson = FlowRows.Text(row, 15),
            Decided = FlowRows.Instant(row, 16),
            Reason = FlowRows.Text(row, 17),
            ResultJson = FlowRows.Text(row, 18),
            Operation = FlowRows.Text(row, 19),
            AskedBy = FlowRows.Text(row, 20),
            Used = FlowRows.Instant(row, 21),
        };

    public static string Name(ApprovalStatus status) =>
        status switch
        {
            ApprovalStatus.Waiting => "waiting",
            ApprovalStatus.Approved => "approved",
            ApprovalStatus.Rejected => "rejected",
            ApprovalStatus.Expired => "expired",
            _ => "void",
        };

    /// <inheritdoc />
    public long Ask(ApprovalRecord approval)
    {
        if (approval.Operation is not null)
            RemoveOldOperations(approval.Created - OperationsKept);
        _database.Execute(
            """
            INSERT INTO approvals (kind, question, shown, digest, flow_id, step, job_name, fields, by_whom, need, status, created,
                expires, on_expiry, escalate, operation, asked_by)
            VALUES (@Kind, @Question, @ShownJson, @Digest, @FlowId, @Step, @JobName, @FieldsJson, @ByJson, @Need, 'waiting', @created,
                @expires, @OnExpiry, @EscalateJson, @Operation, @AskedBy)
            """,
            new
            {
                approval.Kind,
                approval.Question,
                approval.ShownJson,
                approval.Digest,
                approval.FlowId,
                approval.Step,
                approval.JobName,
                approval.FieldsJson,
                approval.ByJson,
                approval.Need,
                created = UnixTime.Of(approval.Created),
                expires = Seconds.Of(approval.Expires),
                approval.OnExpiry,
                approval.EscalateJson,
                approval.Operation,
                approval.AskedBy,
            }
        );
        return _database.LastInsertedId;
    }

    /// <inheritdoc />
    public ApprovalRecord? Find(long id) =>
        _database.Query($"{Select} WHERE id = @id", Read, new NamedValues().Add("id", id)).FirstOrDefault();

    /// <inheritdoc />
    public ApprovalRecord? Latest(long flowId, string step) =>
        _database
            .Query(
                $"{Select} INDEXED BY approvals_by_step WHERE flow_id = @flow AND step = @step ORDER BY id DESC LIMIT 1",
                Read,
                new NamedValues().Add("flow", flowId).Add("step", step)
            )
            .FirstOrDefault();

    /// <inheritdoc />
    public ApprovalRecord? LatestOf(string kind, string digest, string askedBy) =>
        _database
            .Query(
                $"{Select} INDEXED BY approvals_by_digest WHERE digest = @digest AND operation IS NOT NULL AND kind = @kind "
                    + "AND asked_by = @asker ORDER BY id DESC LIMIT 1",
                Read,
                new NamedValues().Add("digest", digest).Add("kind", kind).Add("asker", askedBy)
            )
            .FirstOrDefault();

    /// <inheritdoc />
    public bool Use(long id, string digest, DateTimeOffset now) =>
        _database.Execute(
            """
            UPDATE approvals SET used = @seconds
            WHERE id = @id AND digest = @digest AND operation IS NOT NULL AND status = 'approved' AND used IS NULL
                AND @seconds <= decided + (expires - created)
            """,
            new
            {
                id,
                digest,
                seconds = UnixTime.Of(now),
            }
        ) == 1;

    /// <inheritdoc />
    public IReadOnlyList<ApprovalRecord> WaitingOf(long flowId) =>
        _database.Query(
            $"{Select} INDEXED BY approvals_by_step WHERE flow_id = @flow AND flow_id IS NOT NULL AND status = 'waiting' ORDER BY id",
            Read,
            new NamedValues().Add("flow", flowId)
        );

    /// <inheritdoc />
    public DecisionOutcome Decide(long id, string digest, Decision decision)
    {
        if (Find(id) is not { Status: ApprovalStatus.Waiting } approval || approval.Expires <= decision.At)
            return DecisionOutcome.Late;
        if (!string.Equals(approval.Digest, digest, StringComparison.OrdinalIgnoreCase))
            return DecisionOutcome.Stale;
        var added = _database.Execute(
            """
            INSERT INTO decisions (approval_id, actor, origin, approves, at, comment, fields)
            VALUES (@id, @Actor, @Origin, @Approves, @at, @Comment, @FieldsJson) ON CONFLICT DO NOTHING
            """,
            new
            {
                id,
                decision.Actor,
                decision.Origin,
                decision.Approves,
                at = UnixTime.Of(decision.At),
                decision.Comment,
                decision.FieldsJson,
            }
        );
        if (added == 0)
            return DecisionOutcome.Repeated;
        var approvals = _database.ExecuteScalar<long>("SELECT count(*) FROM decisions WHERE approval_id = @id AND approves", new { id });
        if (decision.Approves && approvals < approval.Need)
            return DecisionOutcome.Counted;
        var words = $"{(decision.Approves ? "approved" : "rejected")} by {decision.Actor}";
        var status = decision.Approves ? ApprovalStatus.Approved : ApprovalStatus.Rejected;
        End(id, status, Words(words, decision.Comment), decision.At, decision.FieldsJson);
        return DecisionOutcome.Decided;
    }

    /// <inheritdoc />
    public bool End(long id, ApprovalStatus status, string reason, DateTimeOffset now, string? resultJson = null) =>
        _database.Execute(
            "UPDATE approvals SET status = @word, reason = @reason, decided = @decided, result = @resultJson WHERE id = @id AND status = "
                + "'waiting'",
            new
            {
                id,
                word = Name(status),
                reason,
                decided = UnixTime.Of(now),
                resultJson,
            }
        ) == 1;

    /// <inheritdoc />
    public void Withdraw(long id, string reason) =>
        _database.Execute("UPDATE approvals SET status = 'void', reason = @reason WHERE id = @id", new { id, reason });

    /// <inheritdoc />
    public bool Escalate(long id, string byJson, DateTimeOffset expires, string reason) =>
        _database.Execute(
            """
            UPDATE approvals SET by_whom = @byJson, expires = @seconds, reason = @reason, escalate = NULL, on_expiry = 'reject'
            WHERE id = @id AND status = 'waiting'
            """,
            new
            {
                id,
                byJson,
                seconds = UnixTime.Of(expires),
                reason,
            }
        ) == 1;

    /// <inheritdoc />
    public IReadOnlyList<ApprovalRecord> Overdue(DateTimeOffset now, int limit) =>
        _database.Query(
            $"{Select} INDEXED BY approvals_by_expiry WHERE status = 'waiting' AND expires IS NOT NULL "
                + "AND expires <= @now ORDER BY expires LIMIT @limit",
            Read,
            new NamedValues().Add("now", UnixTime.Of(now)).Add("limit", limit)
        );

    /// <inheritdoc />
    public IReadOnlyList<Decision> Decisions(long id) =>
        _database.Query(
            "SELECT actor, approves, at, origin, comment, fields FROM decisions WHERE approval_id = @id ORDER BY at",
            row => new Decision(row.GetString(0), row.GetBoolean(1), UnixTime.ToInstant(row.GetDouble(2)))
            {
                Origin = row.GetString(3),
                Comment = FlowRows.Text(row, 4),
                FieldsJson = row.GetString(5),
            },
            new NamedValues().Add("id", id)
        );

    // They belong to no flow, with which they would go.
    private void RemoveOldOperations(DateTimeOffset before)
    {
        const string Old =
            "SELECT id FROM approvals INDEXED BY approvals_by_digest WHERE operation IS NOT NULL AND status <> 'waiting' "
            + "AND created < @until";
        var until = UnixTime.Of(before);
        _database.Execute($"DELETE FROM decisions WHERE approval_id IN ({Old})", new { until });
        _database.Execute($"DELETE FROM approvals WHERE id IN ({Old})", new { until });
    }

    private static string Words(string what, string? comment) => string.IsNullOrWhiteSpace(comment) ? what : $"{what}: {comment.Trim()}";
}
