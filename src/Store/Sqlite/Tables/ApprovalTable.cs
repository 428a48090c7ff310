using Aios.Store.Flows;
using Aios.Store.Sqlite.Driver;

namespace Aios.Store.Sqlite.Tables;

/// <inheritdoc />
internal sealed class ApprovalTable : IApprovals
{
    public const string Select =
        "SELECT id, kind, question, shown, digest, flow_id, step, job_name, fields, by_whom, need, status, created, expires, on_expiry, "
        + "escalate, decided, reason, result, operation, asked_by, used FROM approvals";

    // The audit has all of them for ever.
    private static readonly TimeSpan OperationsKept = TimeSpan.FromDays(90);

    private readonly Statements _sql;

    internal ApprovalTable(Statements sql) => _sql = sql;

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
        _sql.Execute(
            """
            INSERT INTO approvals (kind, question, shown, digest, flow_id, step, job_name, fields, by_whom, need, status, created,
                expires, on_expiry, escalate, operation, asked_by)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, 'waiting', ?11, ?12, ?13, ?14, ?15, ?16)
            """,
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
            UnixTime.Of(approval.Created),
            approval.Expires is { } expires ? UnixTime.Of(expires) : null,
            approval.OnExpiry,
            approval.EscalateJson,
            approval.Operation,
            approval.AskedBy
        );
        return _sql.LastInsertedId;
    }

    /// <inheritdoc />
    public ApprovalRecord? Find(long id) => _sql.Query($"{Select} WHERE id = ?1", Read, id).FirstOrDefault();

    /// <inheritdoc />
    public ApprovalRecord? Latest(long flowId, string step) =>
        _sql.Query($"{Select} INDEXED BY approvals_by_step WHERE flow_id = ?1 AND step = ?2 ORDER BY id DESC LIMIT 1", Read, flowId, step)
            .FirstOrDefault();

    /// <inheritdoc />
    public ApprovalRecord? LatestOf(string kind, string digest, string askedBy) =>
        _sql.Query(
                $"{Select} INDEXED BY approvals_by_digest WHERE digest = ?1 AND operation IS NOT NULL AND kind = ?2 AND asked_by = ?3 "
                    + "ORDER BY id DESC LIMIT 1",
                Read,
                digest,
                kind,
                askedBy
            )
            .FirstOrDefault();

    /// <inheritdoc />
    public bool Use(long id, string digest, DateTimeOffset now) =>
        _sql.Execute(
            "UPDATE approvals SET used = ?3 WHERE id = ?1 AND digest = ?2 AND operation IS NOT NULL AND status = 'approved' AND used IS "
                + "NULL AND ?3 <= decided + (expires - created)",
            id,
            digest,
            UnixTime.Of(now)
        ) == 1;

    /// <inheritdoc />
    public IReadOnlyList<ApprovalRecord> WaitingOf(long flowId) =>
        _sql.Query(
            $"{Select} INDEXED BY approvals_by_step WHERE flow_id = ?1 AND flow_id IS NOT NULL AND status = 'waiting' ORDER BY id",
            Read,
            flowId
        );

    /// <inheritdoc />
    public DecisionOutcome Decide(long id, string digest, Decision decision)
    {
        if (Find(id) is not { Status: ApprovalStatus.Waiting } approval || approval.Expires <= decision.At)
            return DecisionOutcome.Late;
        if (!string.Equals(approval.Digest, digest, StringComparison.OrdinalIgnoreCase))
            return DecisionOutcome.Stale;
        var added = _sql.Execute(
            "INSERT INTO decisions (approval_id, actor, origin, approves, at, comment, fields) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) "
                + "ON CONFLICT DO NOTHING",
            id,
            decision.Actor,
            decision.Origin,
            decision.Approves,
            UnixTime.Of(decision.At),
            decision.Comment,
            decision.FieldsJson
        );
        if (added == 0)
            return DecisionOutcome.Repeated;
        var approvals = _sql.Scalar<long>("SELECT count(*) FROM decisions WHERE approval_id = ?1 AND approves", id);
        if (decision.Approves && approvals < approval.Need)
            return DecisionOutcome.Counted;
        var words = $"{(decision.Approves ? "approved" : "rejected")} by {decision.Actor}";
        var status = decision.Approves ? ApprovalStatus.Approved : ApprovalStatus.Rejected;
        End(id, status, Words(words, decision.Comment), decision.At, decision.FieldsJson);
        return DecisionOutcome.Decided;
    }

    /// <inheritdoc />
    public bool End(long id, ApprovalStatus status, string reason, DateTimeOffset now, string? resultJson = null) =>
        _sql.Execute(
            "UPDATE approvals SET status = ?2, reason = ?3, decided = ?4, result = ?5 WHERE id = ?1 AND status = 'waiting'",
            id,
            Name(status),
            reason,
            UnixTime.Of(now),
            resultJson
        ) == 1;

    /// <inheritdoc />
    public void Withdraw(long id, string reason) =>
        _sql.Execute("UPDATE approvals SET status = 'void', reason = ?2 WHERE id = ?1", id, reason);

    /// <inheritdoc />
    public bool Escalate(long id, string byJson, DateTimeOffset expires, string reason) =>
        _sql.Execute(
            "UPDATE approvals SET by_whom = ?2, expires = ?3, reason = ?4, escalate = NULL, on_expiry = 'reject' WHERE id = ?1 AND "
                + "status = 'waiting'",
            id,
            byJson,
            UnixTime.Of(expires),
            reason
        ) == 1;

    /// <inheritdoc />
    public IReadOnlyList<ApprovalRecord> Overdue(DateTimeOffset now, int limit) =>
        _sql.Query(
            $"{Select} INDEXED BY approvals_by_expiry WHERE status = 'waiting' AND expires IS NOT NULL "
                + "AND expires <= ?1 ORDER BY expires LIMIT ?2",
            Read,
            UnixTime.Of(now),
            limit
        );

    /// <inheritdoc />
    public IReadOnlyList<Decision> Decisions(long id) =>
        _sql.Query(
            "SELECT actor, approves, at, origin, comment, fields FROM decisions WHERE approval_id = ?1 ORDER BY at",
            row => new Decision(row.GetString(0), row.GetBoolean(1), UnixTime.ToInstant(row.GetDouble(2)))
            {
                Origin = row.GetString(3),
                Comment = FlowRows.Text(row, 4),
                FieldsJson = row.GetString(5),
            },
            id
        );

    // They belong to no flow, with which they would go.
    private void RemoveOldOperations(DateTimeOffset before)
    {
        const string Old =
            "SELECT id FROM approvals INDEXED BY approvals_by_digest WHERE operation IS NOT NULL AND status <> 'waiting' AND created < ?1";
        _sql.Execute($"DELETE FROM decisions WHERE approval_id IN ({Old})", UnixTime.Of(before));
        _sql.Execute($"DELETE FROM approvals WHERE id IN ({Old})", UnixTime.Of(before));
    }

    private static string Words(string what, string? comment) => string.IsNullOrWhiteSpace(comment) ? what : $"{what}: {comment.Trim()}";
}
