using Aios.Store.Models;
using Aios.Store.Sqlite.Driver;
using Aios.Store.Sqlite.Tables;

namespace Aios.Store.Sqlite.Reading;

/// <summary>Reads calls to language models, and what budgets have given out.</summary>
internal sealed class CallReader(SqliteStoreReader reader) : ICallReader
{
    /// <inheritdoc />
    public Page<CallRecord> Page(RowFilter filter, CallFilter calls, long? before, int limit)
    {
        var page = new PageReader<CallRecord>(
            reader,
            "calls",
            "created",
            (where, values) => reader.Read($"{CallTable.Select} {where}", CallTable.Read, values),
            call => call.Id
        );
        page.Where("run_id = @run", "run", calls.RunId);
        page.Where("flow_id = @flow", "flow", calls.FlowId);
        page.Where("model = @model", "model", calls.Model);
        page.Where("route = @route", "route", calls.Route);
        page.Where("outcome = @outcome", "outcome", calls.Outcome is { } outcome ? outcome.Name() : null);
        return page.Read(filter, before, limit);
    }

    /// <inheritdoc />
    public IReadOnlyList<CallRecord> Attempts(long call) =>
        reader.Read(
            $"{CallTable.Select} INDEXED BY calls_by_call WHERE call = (SELECT call FROM calls WHERE id = @id) ORDER BY id",
            CallTable.Read,
            new NamedValues().Add("id", call)
        );

    /// <inheritdoc />
    public IReadOnlyList<CallRecord> OfProvider(string provider, string idsJson) =>
        reader.Read(
            $"""
            {CallTable.Select} WHERE provider = @provider AND outcome <> 'refused'
                AND (provider_request IN (SELECT value FROM json_each(@ids)) OR response_id IN (SELECT value FROM json_each(@ids)))
            ORDER BY id
            """,
            CallTable.Read,
            new NamedValues().Add("provider", provider).Add("ids", idsJson)
        );

    /// <inheritdoc />
    public IReadOnlyList<CallTotal> Totals(CallGroup group, RowFilter filter, CallFilter calls)
    {
        var name = group switch
        {
            CallGroup.Job => "coalesce(job_name, '')",
            CallGroup.Model => "coalesce(model, '')",
            CallGroup.Route => "route",
            CallGroup.Provider => "coalesce(provider, '')",
            _ => "strftime('%Y-%m-%d', created, 'unixepoch')",
        };
        var values = new NamedValues()
            .Add("since", filter.Since is { } from ? UnixTime.Of(from) : 0.0)
            .Add("until", filter.Until is { } end ? UnixTime.Of(end) : 1e12)
            .Add("job", filter.JobName)
            .Add("run", calls.RunId)
            .Add("flow", calls.FlowId)
            .Add("model", calls.Model)
            .Add("route", calls.Route);
        // The calls of a run are few among all.
        var (index, ofRun) = calls.RunId is null ? ("calls_by_age", "true") : ("calls_by_run", "run_id = @run");
        var ofJobs = JobNameFilter.Condition(filter.JobPatterns, values) ?? "true";
        return reader.Read(
            $"""
            SELECT {name}, count(*), sum(input_tokens + cached_input_tokens + cache_write_tokens), sum(output_tokens + reasoning_tokens),
                sum(cost), sum(CASE WHEN outcome = 'unknown' AND reconciled IS NULL THEN cost ELSE 0 END)
            FROM calls INDEXED BY {index} WHERE {ofRun} AND created >= @since AND created < @until AND outcome <> 'refused'
                AND (@job IS NULL OR job_name = @job) AND (@flow IS NULL OR flow_id = @flow) AND (@model IS NULL OR model = @model)
                AND (@route IS NULL OR route = @route) AND {ofJobs}
            GROUP BY 1 ORDER BY 1
            """,
            row => new CallTotal(
                row.GetString(0),
                row.GetInt64(1),
                row.GetInt64(2),
                row.GetInt64(3),
                (decimal)row.GetDouble(4),
                (decimal)row.GetDouble(5)
            ),
            values
        );
    }

    /// <inheritdoc />
    public IReadOnlyList<BudgetUse> BudgetUses(string budget, string prefix, int limit) =>
        reader.Read(
            $"""
            WITH slabs AS (
                SELECT key, sum(iif(held, amount, 0)) AS held, sum(iif(held, 0, amount)) AS lost
                FROM (SELECT key, amount, {SlabTable.IsHeld} AS held FROM budget_slabs WHERE budget = @budget) GROUP BY key),
            unknown AS (
                SELECT {SlabTable.DrawnKey} AS key, sum(charged) AS amount
                FROM calls INDEXED BY calls_unknown, {SlabTable.Drawn} AS drawn
                WHERE outcome = 'unknown' AND reconciled IS NULL AND {SlabTable.DrawnBudget} = @budget GROUP BY 1)
            SELECT budget, key, amount, updated, allowed, coalesce((SELECT amount FROM unknown WHERE key = budget_use.key), 0),
                coalesce((SELECT held FROM slabs WHERE key = budget_use.key), 0),
                coalesce((SELECT lost FROM slabs WHERE key = budget_use.key), 0)
            FROM budget_use WHERE budget = @budget AND substr(key, 1, length(@prefix)) = @prefix
            ORDER BY updated DESC, key LIMIT @limit
            """,
            row => new BudgetUse(
                row.GetString(0),
                row.GetString(1),
                Nanodollars.ToDollars(row.GetInt64(2)),
                UnixTime.ToInstant(row.GetDouble(3))
            )
            {
                Allowed = Nanodollars.ToDollars(row.GetInt64(4)),
                Unknown = Nanodollars.ToDollars(row.GetInt64(5)),
                Held = Nanodollars.ToDollars(row.GetInt64(6)),
                Lost = Nanodollars.ToDollars(row.GetInt64(7)),
            },
            new NamedValues().Add("budget", budget).Add("prefix", prefix).Add("limit", limit)
        );

    /// <inheritdoc />
    public long? FlowOf(long triggerId) =>
        reader
            .Read(
                "SELECT flow_id FROM triggers WHERE id = @id AND typeof(flow_id) = 'integer'",
                row => (long?)row.GetInt64(0),
                new NamedValues().Add("id", triggerId)
            )
            .FirstOrDefault();

    /// <inheritdoc />
    public (long TriggerId, string? TraceParent)? TraceOf(long runId) =>
        reader
            .Read(
                """
                SELECT r.trigger_id, CASE WHEN typeof(t.traceparent) = 'text' THEN t.traceparent END
                FROM runs r LEFT JOIN triggers t ON t.id = r.trigger_id WHERE r.id = @id
                """,
                row => ((long, string?)?)(row.GetInt64(0), row.IsDBNull(1) ? null : row.GetString(1)),
                new NamedValues().Add("id", runId)
            )
            .FirstOrDefault();
}
