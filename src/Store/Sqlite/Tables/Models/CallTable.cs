using Aios.Store.Models;
using Aios.Store.Sqlite.Driver;

namespace Aios.Store.Sqlite.Tables;

/// <inheritdoc />
internal sealed class CallTable : ICalls
{
    public const string Select =
        "SELECT id, call, created, route, kind, outcome, attempt, run_id, flow_id, job_name, caller, model, provider, why, reason, "
        + "input_tokens, output_tokens, cached_input_tokens, cache_write_tokens, reasoning_tokens, images, counted, price, cost, "
        + "reserved, first_token, duration, request, response, confidence, verification, "
        + "provider_request, response_id, drawn, charged, reconciled, reconciled_by, former_cost FROM calls";

    private const string CountedHere = "aios";
    private const string CountedThere = "provider";
    private const string NextNumber = "next_call";

    private const string ReconciliationCount = "calls_reconciled";

    private readonly Statements _sql;
    private readonly SlabTable _slabs;

    internal CallTable(Statements sql) => (_sql, _slabs) = (sql, new SlabTable(sql));

    public static CallRecord Read(Row row) =>
        new(
            row.GetInt64(0),
            row.GetInt64(1),
            UnixTime.ToInstant(row.GetDouble(2)),
            row.GetString(3),
            row.GetString(4),
            Enum.TryParse<CallOutcome>(row.GetString(5), ignoreCase: true, out var outcome) ? outcome : CallOutcome.Unknown
        )
        {
            Attempt = row.GetInt32(6),
            RunId = row.IsDBNull(7) ? null : row.GetInt64(7),
            FlowId = row.IsDBNull(8) ? null : row.GetInt64(8),
            JobName = FlowRows.Text(row, 9),
            Caller = FlowRows.Text(row, 10),
            Model = FlowRows.Text(row, 11),
            Provider = FlowRows.Text(row, 12),
            WhyJson = FlowRows.Text(row, 13),
            Reason = FlowRows.Text(row, 14),
            Tokens = new(row.GetInt64(15), row.GetInt64(16), row.GetInt64(17), row.GetInt64(18), row.GetInt64(19), row.GetInt32(20)),
            IsCountedHere = row.GetString(21) == CountedHere,
            PriceJson = FlowRows.Text(row, 22),
            Cost = Dollars(row, 23),
            Reserved = Dollars(row, 24),
            FirstToken = Span(row, 25),
            Duration = Span(row, 26),
            Request = FlowRows.Text(row, 27),
            Response = FlowRows.Text(row, 28),
            Confidence = !row.IsDBNull(29) && row.GetDouble(29) is >= 0 and <= 1 and var confidence ? confidence : null,
            VerificationJson = FlowRows.Text(row, 30),
            ProviderRequest = FlowRows.Text(row, 31),
            ResponseId = FlowRows.Text(row, 32),
            DrawnJson = FlowRows.Text(row, 33),
            Charged = row.IsDBNull(34) ? null : row.GetInt64(34),
            Reconciled = row.IsDBNull(35) ? null : UnixTime.ToInstant(row.GetDouble(35)),
            ReconciledBy = FlowRows.Text(row, 36),
            FormerCost = row.IsDBNull(37) ? null : Dollars(row, 37),
        };

    /// <inheritdoc />
    public long TakeNumbers(int count, DateTimeOffset now)
    {
        // Rows that somebody brought in from elsewhere have their numbers already.
        var first = Math.Max(
            _sql.Scalar<long>("SELECT coalesce(CAST(value AS INTEGER), 1) FROM config WHERE key = ?1", NextNumber),
            _sql.Scalar<long>("SELECT coalesce(max(id), 0) + 1 FROM calls")
        );
        new ConfigTable(_sql).Put(NextNumber, (first + count).ToString(System.Globalization.CultureInfo.InvariantCulture), now);
        return first;
    }

    /// <inheritdoc />
    public void Add(CallRecord call, string owner)
    {
        _sql.Execute(
            """
            INSERT INTO calls (id, call, attempt, created, run_id, flow_id, job_name, caller, route, kind, model, provider, why, outcome,
                reason, input_tokens, output_tokens, cached_input_tokens, cache_write_tokens, reasoning_tokens, images, counted, price,
                cost, reserved, first_token, duration, request, response, confidence, provider_request, response_id, drawn, charged)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25,
                ?26, ?27, ?28, ?29, ?30, ?31, ?32, ?33, ?34)
            """,
            call.Id,
            call.Call,
            call.Attempt,
            UnixTime.Of(call.Created),
            call.RunId,
            call.FlowId,
            call.JobName,
            call.Caller,
            call.Route,
            call.Kind,
            call.Model,
            call.Provider,
            call.WhyJson,
            call.Outcome.Name(),
            call.Reason,
            call.Tokens.Input,
            call.Tokens.Output,
            call.Tokens.CachedInput,
            call.Tokens.CacheWrite,
            call.Tokens.Reasoning,
            call.Tokens.Images,
            call.IsCountedHere ? CountedHere : CountedThere,
            call.PriceJson,
            (double)call.Cost,
            (double)call.Reserved,
            call.FirstToken?.TotalSeconds,
            call.Duration?.TotalSeconds,
            call.Request,
            call.Response,
            call.Confidence,
            call.ProviderRequest,
            call.ResponseId,
            call.DrawnJson,
            call.Charged
        );
        if (call is { DrawnJson: { } drawn, Charged: { } charged and not 0 })
            _slabs.Spend(drawn, charged, owner, call.Created);
    }

    /// <inheritdoc />
    public IReadOnlyList<CallRecord> Attempts(long call) =>
        _sql.Query($"{Select} INDEXED BY calls_by_call WHERE call = (SELECT call FROM calls WHERE id = ?1) ORDER BY id", Read, call);

    /// <inheritdoc />
    public void Reconcile(long id, long cost, string by, DateTimeOffset now)
    {
        _sql.Execute(
            $"""
            UPDATE budget_use SET amount = amount + ?2 - (SELECT charged FROM calls WHERE id = ?1) WHERE (budget, key) IN
                (SELECT {SlabTable.DrawnBudget}, {SlabTable.DrawnKey} FROM calls, {SlabTable.Drawn} AS drawn
                    WHERE calls.id = ?1 AND charged IS NOT NULL)
            """,
            id,
            cost
        );
        _sql.Execute(
            """
            UPDATE calls SET former_cost = coalesce(former_cost, cost), cost = ?2, charged = CASE WHEN charged IS NOT NULL THEN ?3 END,
                reconciled = ?4, reconciled_by = ?5 WHERE id = ?1
            """,
            id,
            (double)Nanodollars.ToDollars(cost),
            cost,
            UnixTime.Of(now),
            by
        );
        new ConfigTable(_sql).Put(
            ReconciliationCount,
            (Reconciliations() + 1).ToString(System.Globalization.CultureInfo.InvariantCulture),
            now
        );
    }

    /// <inheritdoc />
    public long Reconciliations() =>
        _sql.Scalar<long>("SELECT coalesce(CAST(value AS INTEGER), 0) FROM config WHERE key = ?1", ReconciliationCount);

    /// <inheritdoc />
    public void SetConfidence(long call, string model, double confidence, string makingJson) =>
        _sql.Execute(
            "UPDATE calls SET confidence = ?2, verification = ?3 WHERE call = ?1 AND model = ?4 AND outcome = 'ok'",
            call,
            confidence,
            makingJson,
            model
        );

    /// <inheritdoc />
    public long Take(string budget, string key, long limit, long need, long wish, string owner, DateTimeOffset now)
    {
        var room = limit - _sql.Scalar<long>("SELECT amount - allowed FROM budget_use WHERE budget = ?1 AND key = ?2", budget, key);
        if (room < need)
            return 0;
        var taken = Math.Min(room, Math.Max(need, wish));
        _sql.Execute(
            """
            INSERT INTO budget_use (budget, key, amount, updated) VALUES (?1, ?2, ?3, ?4)
            ON CONFLICT (budget, key) DO UPDATE SET amount = amount + ?3, updated = ?4
            """,
            budget,
            key,
            taken,
            UnixTime.Of(now)
        );
        _slabs.Add(owner, budget, key, taken, now);
        return taken;
    }

    /// <inheritdoc />
    public void GiveBack(string budget, string key, long amount, string owner, DateTimeOffset now)
    {
        _slabs.Add(owner, budget, key, -amount, now);
        _sql.Execute(
            "UPDATE budget_use SET amount = amount - ?3, updated = ?4 WHERE budget = ?1 AND key = ?2",
            budget,
            key,
            amount,
            UnixTime.Of(now)
        );
    }

    /// <inheritdoc />
    public IReadOnlyList<LostAmount> LostAmounts() => _slabs.Lost();

    /// <inheritdoc />
    public void GiveBackLost(DateTimeOffset now) => _slabs.GiveBackLost(now);

    /// <inheritdoc />
    public BudgetAllowance AllowanceOf(string budget, string key) =>
        _sql.Query(
                "SELECT amount, allowed, approval_id FROM budget_use WHERE budget = ?1 AND key = ?2",
                row => new BudgetAllowance(row.GetInt64(0), row.GetInt64(1), row.IsDBNull(2) ? null : row.GetInt64(2)),
                budget,
                key
            )
            .FirstOrDefault();

    /// <inheritdoc />
    public void Ask(string budget, string key, long approvalId, DateTimeOffset now) =>
        _sql.Execute(
            """
            INSERT INTO budget_use (budget, key, amount, updated, approval_id) VALUES (?1, ?2, 0, ?4, ?3)
            ON CONFLICT (budget, key) DO UPDATE SET approval_id = ?3, updated = ?4
            """,
            budget,
            key,
            approvalId,
            UnixTime.Of(now)
        );

    /// <inheritdoc />
    public void Allow(string budget, string key, long amount, DateTimeOffset now) =>
        _sql.Execute(
            "UPDATE budget_use SET allowed = allowed + ?3, approval_id = NULL, updated = ?4 WHERE budget = ?1 AND key = ?2",
            budget,
            key,
            amount,
            UnixTime.Of(now)
        );

    private static decimal Dollars(Row row, int column) =>
        row.GetDouble(column) is > -1e12 and < 1e12 and var dollars ? (decimal)dollars : 0;

    private static TimeSpan? Span(Row row, int column) =>
        !row.IsDBNull(column) && row.GetDouble(column) is >= 0 and < 1e9 and var seconds ? TimeSpan.FromSeconds(seconds) : null;
}
