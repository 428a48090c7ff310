using System.Globalization;

namespace Aios.Tests.BlackBox;

/// <summary>Rows that make no sense are closed with a reason, and never take the daemon down.</summary>
public sealed class MalformedRowTests
{
    private const string Jobs = """
        - {name: work, type: trigger, command: ['true']}
        - {name: size, type: trigger, command: [sh, -c, 'wc -c < "$AIOS_KWARGS_FILE" > "$AIOS_RESULT"']}
        - {name: python, type: trigger, file: size.py, function: size}
        """;

    [RequiresTheory]
    [InlineData("args is no JSON", "('work', 'one two', '{}', 0)", "args")]
    [InlineData("args is an object", """('work', '{"a": 1}', '{}', 0)""", "args")]
    [InlineData("args is a number", "('work', 5, '{}', 0)", "args")]
    [InlineData("args is cut short", "('work', '[1, ', '{}', 0)", "args")]
    [InlineData("args is empty", "('work', '', '{}', 0)", "args")]
    [InlineData("kwargs is no JSON", "('work', '[]', 'prompt=test', 0)", "kwargs")]
    [InlineData("kwargs is Python and not JSON", """('work', '[]', '{''prompt'': ''test''}', 0)""", "kwargs")]
    [InlineData("kwargs is an array", "('work', '[]', '[1]', 0)", "kwargs")]
    [InlineData("kwargs is text", "('work', '[]', '\"text\"', 0)", "kwargs")]
    [InlineData("args is a BLOB that is no JSON", "('work', x'fffe00', '{}', 0)", "args")]
    [InlineData("the name is a BLOB", "(x'776f726b', '[]', '{}', 0)", "job_name")]
    [InlineData("the name is empty", "('', '[]', '{}', 0)", "\"\"")]
    [InlineData("the name is unknown", "('no such job', '[]', '{}', 0)", "no such job")]
    public void A_row_that_can_never_run_is_closed_with_the_reason(string what, string row, string named)
    {
        using var home = new AiosHome(Jobs);
        var daemon = home.Start();
        home.Execute($"INSERT INTO triggers (job_name, args, kwargs, created) VALUES {row}");
        var closed = home.Closed(1);
        Assert.True(closed.Status == "failed", what);
        Assert.Contains(named, closed.Reason, StringComparison.Ordinal);
        Assert.Empty(home.Column("SELECT id FROM runs"));
        GoesOn(home, daemon);
    }

    [RequiresTheory]
    [InlineData("run_at", "'tomorrow'", "failed")]
    [InlineData("run_at", "x'00'", "failed")]
    [InlineData("run_at", "'inf'", "failed")]
    [InlineData("priority", "'high'", "failed")]
    [InlineData("priority", "9e99", "succeeded")]
    [InlineData("run_at", "-1e300", "failed")]
    [InlineData("run_at", "-1", "failed")]
    [InlineData("run_at", "1e300", "failed")]
    [InlineData("run_at", "9e999", "failed")]
    [InlineData("run_at", "0", "succeeded")]
    [InlineData("run_at", "99999999999", "waiting")]
    [InlineData("created", "-1", "failed")]
    [InlineData("created", "9e999", "failed")]
    [InlineData("priority", "1.5", "succeeded")]
    [InlineData("created", "'yesterday'", "succeeded")]
    [InlineData("dedup_key", "x'00ff'", "succeeded")]
    public void Odd_values_in_the_optional_columns_do_no_harm(string column, string value, string status)
    {
        using var home = new AiosHome(Jobs);
        var daemon = home.Start();
        home.Execute($"INSERT INTO triggers (job_name, {column}) VALUES ('work', {value})");
        home.WaitFor(() => home.Trigger(1).Status == status, $"it is {status}");
        if (status != "succeeded")
            Assert.Contains(column, home.Trigger(1).Reason, StringComparison.Ordinal);
        GoesOn(home, daemon);
        home.Cli("status", "--json").Exits(0);
        home.Cli("status").Exits(0);
    }

    [RequiresTheory]
    [InlineData("progress = 9e999, cpu_seconds = -9e999")]
    [InlineData("progress = -9e999, cpu_seconds = 9e999, started = 9e999, ended = -9e999")]
    [InlineData("progress = 'far', cpu_seconds = x'00ff', peak_memory = 9e999")]
    [InlineData("exit_code = 9e999, signal = -9e999, attempt = 9e999, output_bytes = 9e999")]
    [InlineData("result = '{', progress_text = x'ff', reason = char(0), started = 'now'")]
    public void Odd_values_in_a_run_can_be_shown(string values)
    {
        using var home = new AiosHome(Jobs);
        using var api = ApiClient.Start(home);
        home.Closed(home.Insert("work"));
        home.Execute($"UPDATE runs SET {values}");
        foreach (var path in (string[])["runs", "runs/1", "jobs?recent=5", "triggers", "load"])
            api.Get(path).Expect(200);
        foreach (
            var words in (string[][])
                [
                    ["runs", "--json"],
                    ["runs", "1", "--json"],
                    ["runs"],
                    ["runs", "1"],
                    ["status"],
                    ["why", "work"],
                ]
        )
            home.Cli(words).Exits(0);
    }

    [RequiresFact]
    public void A_time_in_another_unit_is_refused_with_what_was_probably_meant()
    {
        using var home = new AiosHome(Jobs);
        var daemon = home.Start();
        (string Value, string Unit, string Seconds)[] cases =
        [
            ("1764464122000", "milliseconds", "1764464122"),
            ("1764464122123.5", "milliseconds", "1764464122"),
            ("100000000000", "milliseconds", "100000000"),
            ("1764464122000000", "microseconds", "1764464122"),
            ("1764464122000000000", "nanoseconds", "1764464122"),
            ("1764464122e9", "nanoseconds", "1764464122"),
        ];
        foreach (var column in new[] { "run_at", "created" })
        {
            foreach (var (value, unit, seconds) in cases)
            {
                var id = (long)home.Get<long>($"INSERT INTO triggers (job_name, {column}) VALUES ('work', {value}) RETURNING id");
                var closed = home.Closed(id);
                Assert.Equal("failed", closed.Status);
                Assert.StartsWith($"{column}: ", closed.Reason, StringComparison.Ordinal);
                Assert.EndsWith(
                    $" is no number of seconds: it looks like {unit}; in Unix seconds that is {seconds}",
                    closed.Reason,
                    StringComparison.Ordinal
                );
            }
        }

        Assert.Empty(home.Column("SELECT id FROM runs"));
        GoesOn(home, daemon);
        Assert.Contains(
            "--at: found \"1764464122000\", which looks like milliseconds; in Unix seconds that is 1764464122.",
            home.Cli("trigger", "work", "--at", "1764464122000").Exits(2).Error,
            StringComparison.Ordinal
        );
    }

    [RequiresTheory]
    [InlineData("status", "'done'")]
    [InlineData("status", "x'00'")]
    [InlineData("attempt", "'many'")]
    [InlineData("attempt", "-5")]
    [InlineData("attempt", "9223372036854775807")]
    [InlineData("source", "'me'")]
    [InlineData("due", "'soon'")]
    public void Odd_values_in_the_daemons_own_columns_do_not_take_it_down(string column, string value)
    {
        using var home = new AiosHome(Jobs);
        var daemon = home.Start();
        home.Execute($"INSERT INTO triggers (job_name, {column}) VALUES ('work', {value})");
        GoesOn(home, daemon);
        Assert.Equal(0, daemon.Stop());
        daemon = home.Start();
        GoesOn(home, daemon);
    }

    [RequiresFact]
    public void Rows_that_a_damaged_schema_let_in_are_closed()
    {
        using var home = new AiosHome(Jobs);
        home.Execute(
            "CREATE TABLE triggers (id INTEGER PRIMARY KEY AUTOINCREMENT, job_name TEXT, args TEXT, kwargs TEXT, created REAL, "
                + "processed REAL)"
        );
        home.Execute("INSERT INTO triggers (job_name) VALUES (NULL), ('work')");
        var daemon = home.Start();
        home.Execute("INSERT INTO triggers (job_name, args, kwargs) VALUES (NULL, NULL, NULL), ('work', NULL, NULL)");
        foreach (var id in (long[])[1, 3])
        {
            Assert.Equal("failed", home.Closed(id).Status);
            Assert.Contains("job_name", home.Trigger(id).Reason, StringComparison.Ordinal);
        }

        Assert.Equal("succeeded", home.Closed(2).Status);
        Assert.Equal("succeeded", home.Closed(4).Status);
        GoesOn(home, daemon);
    }

    [RequiresTheory(Need.Python)]
    [InlineData("size")]
    [InlineData("python")]
    public void Five_megabytes_of_kwargs_reach_the_program_whole(string job)
    {
        using var home = new AiosHome(Jobs);
        home.WriteProgram("size.py", "def size(text):\n    return len(text)\n");
        var daemon = home.Start();
        var text = string.Concat(Enumerable.Repeat("0123456789abcdef", 5 * 65536));
        var kwargs = $$"""{"text": "{{text}}"}""";
        var trigger = home.Closed(home.Insert(job, kwargs));
        Assert.True(trigger.Status == "succeeded", trigger.Reason);
        var expected = job == "size" ? kwargs.Length : text.Length;
        Assert.Equal(expected.ToString(CultureInfo.InvariantCulture), home.Runs(trigger.Id)[0].Result!.Trim());
        GoesOn(home, daemon);
    }

    [RequiresFact]
    public void Arguments_that_no_system_takes_are_a_clear_error()
    {
        using var home = new AiosHome(Jobs);
        var daemon = home.Start();
        var tooLong = home.Closed(home.Insert("work", args: $"[\"{new string('x', 3_000_000)}\"]"));
        Assert.Equal("failed", tooLong.Status);
        Assert.InRange(tooLong.Reason.Length, 10, 500);
        var withNul = home.Closed(home.Insert("work", args: """["a\u0000b"]"""));
        Assert.Equal("failed", withNul.Status);
        Assert.Contains("NUL", withNul.Reason, StringComparison.OrdinalIgnoreCase);
        GoesOn(home, daemon);
    }

    [RequiresFact]
    public void A_hundred_thousand_brackets_are_refused()
    {
        using var home = new AiosHome(Jobs);
        var daemon = home.Start();
        var closed = home.Closed(home.Insert("work", args: new string('[', 100_000) + new string(']', 100_000)));
        Assert.Equal("failed", closed.Status);
        // 100 levels are JSON to SQLite, and more than the reader takes.
        closed = home.Closed(home.Insert("work", args: new string('[', 100) + new string(']', 100)));
        Assert.True(closed.IsClosed);
        GoesOn(home, daemon);
    }

    [RequiresFact]
    public void A_thousand_bad_rows_hold_no_good_one_up()
    {
        using var home = new AiosHome(Jobs);
        home.Start();
        home.Execute(
            """
            WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 1000)
            INSERT INTO triggers (job_name, args) SELECT CASE n % 3 WHEN 0 THEN 'unknown' ELSE 'work' END, CASE n % 3 WHEN 1 THEN 'bad' ELSE '[]' END FROM numbers
            """
        );
        home.WaitFor(() => home.Get<int>("SELECT count(*) FROM triggers WHERE processed IS NULL") == 0, "all are closed");
        Assert.Equal(333, home.Get<int>("SELECT count(*) FROM triggers WHERE status = 'succeeded'"));
        Assert.Equal(667, home.Get<int>("SELECT count(*) FROM triggers WHERE status = 'failed' AND reason <> ''"));
    }

    // The daemon lives, and does what it is asked to.
    private static void GoesOn(AiosHome home, AiosProcess daemon)
    {
        Assert.Equal("succeeded", home.Closed(home.Insert("work")).Status);
        Assert.False(daemon.HasExited, daemon.Output);
    }
}
