using Aios.Store.Notices;
using Aios.Store.Sqlite.Driver;
using Dapper;

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
    private readonly SqliteDatabase _database;

    internal NoticeTable(Statements sql) => (_sql, _database) = (sql, sql.Database);

    /// <inheritdoc />
    public bool Add(string device, string jobName, string word, string channel, string message, DateTimeOffset now)
    {
        _database.Execute(
            "DELETE FROM notices WHERE id IN (SELECT id FROM notices WHERE closed < @until ORDER BY closed LIMIT @limit)",
            new { until = UnixTime.Of(now - Kept), limit = PrunedAtOnce }
        );
        return _database.Execute(
                """
                INSERT INTO notices (created, device, job_name, event, channel, message, due)
                SELECT @created, @device, @jobName, @word, @channel, @message, @created
                WHERE (SELECT count(*) FROM notices WHERE closed IS NULL) < @most
                """,
                new
                {
                    created = UnixTime.Of(now),
                    device,
                    jobName,
                    word,
                    channel,
                    message,
                    most = MostOpen,
                }
            ) == 1;
    }

    /// <inheritdoc />
    public SentNotice? LastTold(string jobName, string word, string channel) =>
        _database
            .Query(
                "SELECT id, created FROM notices WHERE job_name = @job AND event = @event AND channel = @channel ORDER BY created DESC, id "
                    + "DESC LIMIT 1",
                row => new SentNotice(row.GetInt64(0), UnixTime.ToInstant(row.GetDouble(1))),
                new NamedValues().Add("job", jobName).Add("event", word).Add("channel", channel)
            )
            .FirstOrDefault();

    /// <inheritdoc />
    public IReadOnlyList<Notice> Due(string device, DateTimeOffset now, int limit) =>
        _database.Query(
            """
            SELECT id, job_name, event, channel, created, message, attempts FROM notices
            WHERE closed IS NULL AND device = @device AND due <= @now ORDER BY due, id LIMIT @limit
            """,
            row => new Notice(
                row.GetInt64(0),
                row.GetString(1),
                row.GetString(2),
                row.GetString(3),
                UnixTime.ToInstant(row.GetDouble(4)),
                row.GetString(5),
                row.GetInt32(6)
            ),
            new NamedValues().Add("device", device).Add("now", UnixTime.Of(now)).Add("limit", limit)
        );

    // Prepared: each tick asks.
    /// <inheritdoc />
    public DateTimeOffset? NextDue(string device) =>
        _sql.Query(
            "SELECT min(due) FROM notices WHERE closed IS NULL AND device = ?1",
            row => row.IsDBNull(0) ? (DateTimeOffset?)null : UnixTime.ToInstant(row.GetDouble(0)),
            device
        )[0];

    /// <inheritdoc />
    public void Close(long id, string outcome, DateTimeOffset now) =>
        _database.Execute(
            "UPDATE notices SET closed = @closed, outcome = @outcome, attempts = attempts + 1 WHERE id = @id",
            new
            {
                id,
                outcome,
                closed = UnixTime.Of(now),
            }
        );

    /// <inheritdoc />
    public void Delay(long id, DateTimeOffset due, string outcome) =>
        _database.Execute(
            "UPDATE notices SET due = @seconds, outcome = @outcome, attempts = attempts + 1 WHERE id = @id",
            new
            {
                id,
                outcome,
                seconds = UnixTime.Of(due),
            }
        );

    // Prepared: it runs each second.
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
        _database.Execute(
            "UPDATE notices SET due = @seconds WHERE closed IS NULL AND due > @seconds + @longest",
            new { seconds = UnixTime.Of(now), longest = longest.TotalSeconds }
        );
}
