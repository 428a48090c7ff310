using Aios.Store.Flows;
using Aios.Store.Results;
using Aios.Store.Sqlite.Driver;

namespace Aios.Store.Sqlite.Tables;

/// <summary>How rows of flows are read.</summary>
internal static class FlowRows
{
    public const string Select =
        "SELECT id, run_id, job_name, plan_id, args, kwargs, depth, attempt, priority, traceparent, started, ended, due, ending, "
        + "restart_from, (SELECT digest FROM flow_plans WHERE id = flows.plan_id) FROM flows";

    public static FlowRecord Read(Row row) =>
        new(row.GetInt64(0), row.GetInt64(1), row.GetString(2), row.GetInt64(3), row.GetString(4), row.GetString(5))
        {
            Depth = row.GetInt32(6),
            Attempt = row.GetInt32(7),
            Priority = row.GetInt32(8),
            TraceParent = Text(row, 9),
            Started = UnixTime.ToInstant(row.GetDouble(10)),
            Ended = Instant(row, 11),
            Due = Instant(row, 12),
            Ending = Text(row, 13),
            RestartFrom = Text(row, 14),
            PlanDigest = Text(row, 15),
        };

    public static StepRecord ReadStep(Row row) =>
        new(row.GetInt64(0), row.GetString(1), row.GetInt32(2))
        {
            Status = StepStatusNames.Parse(row.GetString(3)),
            Reason = Text(row, 4),
            ResultJson = Text(row, 5),
            TriggerId = row.IsDBNull(6) ? null : row.GetInt64(6),
            Attempt = row.GetInt32(7),
            Rung = row.GetInt32(8),
            Started = UnixTime.ToInstant(row.GetDouble(9)),
            Ended = Instant(row, 10),
            Due = Instant(row, 11),
            Signal = Text(row, 12),
            SignalId = row.IsDBNull(13) ? null : row.GetInt64(13),
            DetailJson = Text(row, 14),
            Wait = row.IsDBNull(15) ? null : Span(row.GetDouble(15)),
            ResultFile = ResultReference.Read(Text(row, 16)),
        };

    public static StepStanding ReadStanding(Row row) =>
        new(row.GetString(0), StepStatusNames.Parse(row.GetString(1)), row.IsDBNull(2) ? null : row.GetInt64(2));

    public static StepPlace ReadPlace(Row row) =>
        new(row.GetInt64(0), row.GetString(1), row.GetInt32(2), row.GetInt32(3), row.GetInt64(4), row.GetString(5));

    // Anybody may have written anything.
    private static TimeSpan? Span(double seconds) => seconds is > 0 and < 1e11 ? TimeSpan.FromSeconds(seconds) : null;

    public static string? Text(Row row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    public static DateTimeOffset? Instant(Row row, int column) => row.IsDBNull(column) ? null : UnixTime.ToInstant(row.GetDouble(column));
}
