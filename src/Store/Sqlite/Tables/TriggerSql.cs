namespace Aios.Store.Sqlite.Tables;

/// <summary>The expressions of SQL that the statements of <see cref="TriggerTable"/> share.</summary>
internal static class TriggerSql
{
    /// <summary>How a defect of arguments begins, after their column.</summary>
    public const string NotJson = "not JSON";

    /// <summary>Rows in line.</summary>
    public const string Ready = "processed IS NULL AND status = 'queued'";

    /// <summary>Attempts so far. Somebody may have written anything there, and it is counted on.</summary>
    public const string Attempts = "max(0, min(CAST(attempt AS INTEGER), 1000000))";

    /// <summary>What <see cref="TriggerTable"/> reads of a row in line.</summary>
    public const string QueuedColumns =
        "id, CASE WHEN typeof(job_name) = 'text' AND octet_length(job_name) <= 1024 THEN job_name END, substr(source, 1, 64), "
        + "CAST(coalesce(priority, 0) AS INTEGER), "
        + "CASE WHEN typeof(run_at) IN ('real', 'integer') THEN CAST(run_at AS REAL) END, "
        + Attempts;

    /// <summary>What is wrong with a row, in words for people; NULL if nothing is.</summary>
    public static readonly string Defect = ColumnBounds.TooLarge(
        $$$"""
        CASE
            WHEN typeof(job_name) <> 'text' THEN 'job_name: expected the name of a job, found ' || typeof(job_name)
            WHEN instr(CAST(job_name AS BLOB), x'00') > 0 THEN 'job_name: holds a NUL character; expected the name of a job'
            WHEN typeof(run_at) NOT IN ('null', 'real', 'integer') THEN 'run_at: expected Unix seconds (a number), found ' || typeof(run_at)
            WHEN run_at < 0 OR run_at >= 1e20 THEN 'run_at: ' || printf('%.17g', run_at)
                || ' is no instant; expected Unix seconds, such as ' || strftime('%s', 'now')
            WHEN run_at >= 1e11 THEN {{{OtherUnit("run_at")}}}
            WHEN typeof(created) IN ('integer', 'real') AND (created < 0 OR created >= 1e20) THEN 'created: ' || printf('%.17g', created)
                || ' is no instant; expected Unix seconds, such as ' || strftime('%s', 'now')
            WHEN typeof(created) IN ('integer', 'real') AND created >= 1e11 THEN {{{OtherUnit("created")}}}
            WHEN typeof(priority) NOT IN ('null', 'integer', 'real') THEN 'priority: expected a whole number, found ' || typeof(priority)
            {{{JsonDefect("args", "[]", "array", "an array such as [\"a\", 1]")}}}
            {{{JsonDefect("kwargs", "{}", "object", "an object such as {\"key\": \"value\"}")}}}
        END
        """
    );

    private static string JsonDefect(string column, string none, string kind, string expected) =>
        $"""
            WHEN {column} <> '{none}' AND NOT json_valid(CAST({column} AS TEXT)) THEN '{column}: not JSON; expected {expected}'
            WHEN {column} <> '{none}' AND json_type(CAST({column} AS TEXT)) NOT IN ('{kind}', 'null') THEN '{column}: a JSON '
                || json_type(CAST({column} AS TEXT)) || '; expected {expected}'
            """;

    // What was probably meant: a time of today in another unit.
    private static string OtherUnit(string column) =>
        string.Concat(
            $"'{column}: ' || printf('%.0f', {column}) || ' is no number of seconds: it looks like ' || ",
            $"CASE WHEN {column} < 1e14 THEN 'milliseconds' WHEN {column} < 1e17 THEN 'microseconds' ELSE 'nanoseconds' END || '; in Unix "
                + $"seconds that is ' || ",
            $"printf('%.0f', {column} / CASE WHEN {column} < 1e14 THEN 1e3 WHEN {column} < 1e17 THEN 1e6 ELSE 1e9 END)"
        );
}
