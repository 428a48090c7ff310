using Aios.Store.Jobs;
using Aios.Store.Sqlite.Driver;

namespace Aios.Store.Sqlite.Tables;

/// <inheritdoc />
internal sealed class HealthTable : IJobHealth
{
    private const string Columns =
        "job_name, since, failures, level, relapses, recent, longest_life, good_since, last_failure, recovered, reason, run_id, probation";
    private readonly Statements _sql;

    internal HealthTable(Statements sql) => _sql = sql;

    /// <inheritdoc />
    public bool IsEmpty() => _sql.Scalar<long>("SELECT EXISTS (SELECT 1 FROM job_health)") == 0;

    /// <inheritdoc />
    public HealthRecord? Find(string jobName) =>
        _sql.Query($"SELECT {Columns} FROM job_health WHERE job_name = ?1", Read, jobName).FirstOrDefault();

    /// <inheritdoc />
    public IReadOnlyList<HealthRecord> All() => _sql.Query($"SELECT {Columns} FROM job_health ORDER BY job_name", Read);

    /// <inheritdoc />
    public void Put(HealthRecord record) =>
        _sql.Execute(
            $"INSERT OR REPLACE INTO job_health ({Columns}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
            record.JobName,
            Seconds(record.Since),
            record.Failures,
            record.Level,
            record.Relapses,
            record.Recent,
            record.LongestLife.TotalSeconds,
            Seconds(record.GoodSince),
            Seconds(record.LastFailure),
            Seconds(record.Recovered),
            record.Reason,
            record.RunId,
            record.Probation.TotalSeconds
        );

    /// <inheritdoc />
    public void Forget(string jobName) => _sql.Execute("DELETE FROM job_health WHERE job_name = ?1", jobName);

    /// <inheritdoc />
    public void Reset(string jobName)
    {
        _sql.Execute("DELETE FROM job_health WHERE job_name = ?1 AND (since IS NULL OR failures = 0)", jobName);
        _sql.Execute(
            "UPDATE job_health SET level = 0, relapses = 0, recent = iif(recent = '', '', 'f'), longest_life = 0, good_since = NULL WHERE "
                + "job_name = ?1",
            jobName
        );
    }

    /// <inheritdoc />
    public void ForgetUnlisted() =>
        _sql.Execute(
            "DELETE FROM job_health WHERE NOT EXISTS (SELECT 1 FROM device_jobs WHERE device_jobs.job_name = job_health.job_name)"
        );

    private static double? Seconds(DateTimeOffset? instant) => instant is { } at ? UnixTime.Of(at) : null;

    private static DateTimeOffset? Instant(Row row, int column) => row.IsDBNull(column) ? null : UnixTime.ToInstant(row.GetDouble(column));

    // Any program may have written anything there: what makes no sense counts as little as it can.
    private static HealthRecord Read(Row row) =>
        new(row.GetString(0))
        {
            Since = Instant(row, 1),
            Failures = Math.Max(0, row.GetInt64(2)),
            Level = (int)Math.Clamp(row.GetInt64(3), 0, 1_000_000),
            Relapses = (int)Math.Clamp(row.GetInt64(4), 0, 100),
            Recent = Recent(row.IsDBNull(5) ? "" : row.GetString(5)),
            LongestLife = TimeSpan.FromSeconds(Math.Clamp(row.GetDouble(6), 0, 1e9)),
            GoodSince = Instant(row, 7),
            LastFailure = Instant(row, 8),
            Recovered = Instant(row, 9),
            Reason = row.IsDBNull(10) ? null : row.GetString(10),
            RunId = row.IsDBNull(11) ? null : row.GetInt64(11),
            Probation = TimeSpan.FromSeconds(Math.Clamp(row.GetDouble(12), 0, 1e9)),
        };

    private static string Recent(string text) => text.Length <= HealthRecord.MostRecent ? text : text[^HealthRecord.MostRecent..];
}
