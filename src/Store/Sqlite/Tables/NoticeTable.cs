using Aios.Store.Notices;
using Aios.Store.Sqlite.Driver;

namespace Aios.Store.Sqlite.Tables;

/// <inheritdoc />
internal sealed class NoticeTable : INotices
{
    // Each is of a job, a channel and an event, and repeats are limited; more than this is nobody's to read.
    private const int MostOpen = 1000;
    private const int PrunedAtOnce = 20;

    // Longer than any limit on repeats, which looks for when the same was told last.
    private static readonly TimeSpan Kept = TimeSpan.FromDays(14);

    private readonly Statements _sql;

    internal NoticeTable(Statements sql) => _sql = sql;

    /// <inheritdoc />
    public bool Add(string device, string jobName, string word, string channel, string message, DateTimeOffset now)
    {
        _sql.Execute(
            "DELETE FROM notices WHERE id IN (SELECT id FROM notices WHERE closed < ?1 ORDER BY closed LIMIT ?2)",
            UnixTime.Of(now - Kept),
            PrunedAtOnce
        );
        return _sql.Execute(
                """
                INSERT INTO notices (created, device, job_name, event, channel, message, due)
                SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?1 WHERE (SELECT count(*) FROM notices WHERE closed IS NULL) < ?7
                """,
                UnixTime.Of(now),
                device,
                jobName,
                word,
                channel,
                message,
                MostOpen
            ) == 1;
    }

    /// <inheritdoc />
    public SentNotice? LastTold(string jobName, string word, string channel) =>
        _sql.Query(
                "SELECT id, created FROM notices WHERE job_name = ?1 AND event = ?2 AND channel = ?3 ORDER BY created DESC, id "
                    + "DESC LIMIT 1",
                row => new SentNotice(row.GetInt64(0), UnixTime.ToInstant(row.GetDouble(1))),
                jobName,
                word,
                channel
            )
            .FirstOrDefault();

    /// <inheritdoc />
    public IReadOnlyList<Notice> Due(string device, DateTimeOffset now, int limit) =>
        _sql.Query(
            "SELECT id, job_name, event, channel, created, message, attempts FROM notices WHERE closed IS NULL AND device = ?1 AND due <= "
                + "?2 ORDER BY due, id LIMIT ?3",
            row => new Notice(
                row.GetInt64(0),
                row.GetString(1),
                row.GetString(2),
                row.GetString(3),
                UnixTime.ToInstant(row.GetDouble(4)),
                row.GetString(5),
                row.GetInt32(6)
            ),
            device,
            UnixTime.Of(now),
            limit
        );

    /// <inheritdoc />
    public DateTimeOffset? NextDue(string device) =>
        _sql.Query(
            "SELECT min(due) FROM notices WHERE closed IS NULL AND device = ?1",
            row => row.IsDBNull(0) ? (DateTimeOffset?)null : UnixTime.ToInstant(row.GetDouble(0)),
            device
        )[0];

    /// <inheritdoc />
    public void Close(long id, string outcome, DateTimeOffset now) =>
        _sql.Execute("UPDATE notices SET closed = ?2, outcome = ?3, attempts = attempts + 1 WHERE id = ?1", id, UnixTime.Of(now), outcome);

    /// <inheritdoc />
    public void Delay(long id, DateTimeOffset due, string outcome) =>
        _sql.Execute("UPDATE notices SET due = ?2, outcome = ?3, attempts = attempts + 1 WHERE id = ?1", id, UnixTime.Of(due), outcome);

    /// <inheritdoc />
    public void TakeOver(string heir, DateTimeOffset now) =>
        _sql.Execute(
            """
            UPDATE notices SET device = ?1 WHERE closed IS NULL AND device <> ?1
                AND NOT EXISTS (SELECT 1 FROM devices WHERE devices.device = notices.device AND devices.status = 'online')
                AND (created < ?2 OR EXISTS (SELECT 1 FROM device_jobs WHERE device_jobs.device = ?1
                    AND device_jobs.job_name = notices.job_name))
            """,
            heir,
            UnixTime.Of(now - TimeSpan.FromDays(1))
        );

    /// <inheritdoc />
    public void Rewind(DateTimeOffset now, TimeSpan longest) =>
        _sql.Execute("UPDATE notices SET due = ?1 WHERE closed IS NULL AND due > ?1 + ?2", UnixTime.Of(now), longest.TotalSeconds);
}
