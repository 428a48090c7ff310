using Aios.Store.Events;
using Aios.Store.Jobs;
using Aios.Store.Logs;
using Aios.Store.Sqlite.Driver;
using static Aios.Store.Sqlite.Reading.SummaryRows;

namespace Aios.Store.Sqlite.Reading;

/// <summary>The lines of the log, filtered.</summary>
internal static class LogLineReader
{
    /// <inheritdoc cref="IStoreReader" />
    public static (long Oldest, long Newest) Bounds(SqliteStoreReader reader, long? runId)
    {
        var values = new NamedValues().Add("run", runId);
        var of = runId is null ? "" : "WHERE run_id = @run";
        return reader.Read(
            $"SELECT coalesce((SELECT id FROM logs {of} ORDER BY id LIMIT 1), 1), coalesce((SELECT id FROM logs {of} ORDER BY id DESC "
                + $"LIMIT 1), 0)",
            row => (row.GetInt64(0), row.GetInt64(1)),
            values
        )[0];
    }

    /// <inheritdoc cref="IStoreReader" />
    public static IReadOnlyList<LogRow> Lines(SqliteStoreReader reader, LogQuery query, long after, long top, int limit)
    {
        var (where, values) = Filter(query, after, top, limit);
        return reader.Read(
            $"SELECT id, timestamp, level, CASE WHEN octet_length(message) > 1048576 THEN substr(message, 1, 65536) || '... (' || "
                + $"octet_length(message) || ' bytes)' ELSE message END, device, job_name, run_id, stream FROM logs {where} ORDER BY id "
                + $"LIMIT @limit",
            ReadLog,
            values
        );
    }

    /// <inheritdoc cref="IStoreReader" />
    public static (long Count, long First) Last(SqliteStoreReader reader, LogQuery query, long after, long top, long limit)
    {
        var (where, values) = Filter(query, after, top, limit);
        return reader.Read(
            $"SELECT count(*), coalesce(min(id), 0) FROM (SELECT id FROM logs {where} ORDER BY id DESC LIMIT @limit)",
            row => (row.GetInt64(0), row.GetInt64(1)),
            values
        )[0];
    }

    /// <inheritdoc cref="IStoreReader" />
    public static DateTimeOffset? NewestTime(SqliteStoreReader reader, long after, long top)
    {
        var (where, values) = Filter(new LogQuery(), after, top, 1);
        return reader.Read($"SELECT max(timestamp) FROM logs {where}", row => Instant(row, 0), values)[0];
    }

    private static (string Where, NamedValues Values) Filter(LogQuery query, long after, long top, long limit)
    {
        var where = "WHERE id > @after AND id <= @top";
        var values = new NamedValues().Add("after", after).Add("top", top).Add("limit", limit);
        // Of a flow also what its steps say, whose jobs are called as its job, a slash, and the step: '0' follows the slash.
        Add(" AND (job_name = @job OR (job_name > @job || '/' AND job_name < @job || '0'))", "job", query.JobName);
        Add(" AND run_id = @run", "run", query.RunId);
        Add(" AND timestamp >= @since", "since", query.Since is { } since ? UnixTime.Of(since) : null);
        if (JobNameFilter.Condition(query.JobPatterns, values) is { } condition)
            where += $" AND {condition}";
        if (query.Level is { } level)
            where += $" AND level IN ('{string.Join("', '", LogLevel.All.SkipWhile(other => other != level))}')";
        return (where, values);

        void Add(string condition, string name, object? value)
        {
            if (value is null)
                return;
            where += condition;
            values.Add(name, value);
        }
    }
}
