using Aios.Store.Sqlite.Driver;
using Dapper;

namespace Aios.Store.Sqlite.Pruning;

/// <summary>
/// What stood in the database before AIOS first used it. It counts as written then, so that nobody's old records go on
/// the first day.
/// </summary>
/// <param name="LastTrigger">The newest trigger of that time; 0 if there was none.</param>
/// <param name="LastLine">The newest log line of that time; 0 if there was none.</param>
/// <param name="Since">When AIOS first used the file, Unix seconds.</param>
internal sealed record AdoptedHistory(long LastTrigger, long LastLine, double Since)
{
    private const string Triggers = "adopted_triggers";
    private const string Lines = "adopted_logs";

    /// <summary>Of a database.</summary>
    public static AdoptedHistory Of(SqliteDatabase database) =>
        new(
            database.QueryFirstOrDefault<long>(
                "SELECT CAST(coalesce(value, 0) AS INTEGER) FROM config WHERE key = @key",
                new { key = Triggers }
            ),
            database.QueryFirstOrDefault<long>(
                "SELECT CAST(coalesce(value, 0) AS INTEGER) FROM config WHERE key = @key",
                new { key = Lines }
            ),
            database.QueryFirstOrDefault<double>(
                "SELECT CAST(coalesce(updated, 0) AS REAL) FROM config WHERE key = @key",
                new { key = Triggers }
            )
        );

    /// <summary>Notes what is there now.</summary>
    public static void Note(SqliteDatabase database, double now) =>
        database.Execute(
            """
            INSERT OR IGNORE INTO config (key, value, updated) VALUES
                (@triggers, coalesce((SELECT max(id) FROM triggers), 0), @now), (@lines, coalesce((SELECT max(id) FROM logs), 0), @now)
            """,
            new
            {
                triggers = Triggers,
                lines = Lines,
                now,
            }
        );

    /// <summary>From when the age of a trigger counts that was closed then.</summary>
    public double OfTrigger(long id, double closed) => id <= LastTrigger ? Math.Max(closed, Since) : closed;

    /// <summary>From when the age of a line counts that was written then.</summary>
    public double OfLine(long id, double written) => id <= LastLine ? Math.Max(written, Since) : written;
}
