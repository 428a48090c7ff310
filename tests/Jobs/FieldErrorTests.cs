namespace Aios.Tests.Jobs;

/// <summary>Each field written wrong, and the whole message that follows.</summary>
public sealed class FieldErrorTests
{
    [Theory]
    [InlineData("description: [a]", 4, 16, "description", "found a list, expected a text.")]
    [InlineData(
        "function: main()",
        4,
        13,
        "function",
        "found \"main()\", expected the name of a Python function such as \"main\", without brackets."
    )]
    [InlineData(
        "function: 1st",
        4,
        13,
        "function",
        "found \"1st\", expected the name of a Python function such as \"main\", without brackets."
    )]
    [InlineData("args: {a: 1}", 4, 9, "args", "found a map with \"a\", expected a list such as [Berlin, 7].")]
    [InlineData(
        "args: [1, .nan]",
        4,
        13,
        "args",
        "found \".nan\", expected a number that JSON can hold; put it in quotes to pass it as text."
    )]
    [InlineData(
        "args: [1e400]",
        4,
        10,
        "args",
        "found \"1e400\", expected a number that JSON can hold; put it in quotes to pass it as text."
    )]
    [InlineData("kwargs: [1]", 4, 11, "kwargs", "found a list, expected a map such as {city: Berlin, days: 7}.")]
    [InlineData("kwargs: {a: 1, a: 2}", 4, 18, "kwargs", "\"a\" is written twice; the first is on line 4. Remove one of them.")]
    [InlineData("kwargs: {5: 1, \"5\": 2}", 4, 18, "kwargs", "\"5\" is written twice; the first is on line 4. Remove one of them.")]
    [InlineData("env: x", 4, 8, "env", "found \"x\", expected a map such as {LANG: C, RETRIES: 5}.")]
    [InlineData("env: {A: [1]}", 4, 12, "env", "found a list, expected a text or a number for \"A\"; write \"\" for an empty one.")]
    [InlineData("env: {A: }", 4, 12, "env", "found nothing, expected a text or a number for \"A\"; write \"\" for an empty one.")]
    [InlineData("env: {A=B: 1}", 4, 9, "env", "found \"A=B\", expected the name of an environment variable, without = in it.")]
    [InlineData(
        "tags: {a: 1}",
        4,
        9,
        "tags",
        "found a map with \"a\", expected a list of tags such as [gpu, linux], or one text such as \"gpu, linux\"."
    )]
    [InlineData("tags: [\"a,b\"]", 4, 10, "tags", "found \"a,b\", expected a tag such as gpu, without a comma.")]
    [InlineData("enabled: maybe", 4, 12, "enabled", "found \"maybe\", expected true or false, without quotes.")]
    [InlineData("enabled: \"true\"", 4, 12, "enabled", "found \"true\", expected true or false, without quotes.")]
    [InlineData("priority: high", 4, 13, "priority", "found \"high\", expected a whole number from -1,000,000 to 1,000,000.")]
    [InlineData("priority: 1000001", 4, 13, "priority", "found \"1000001\", expected a whole number from -1,000,000 to 1,000,000.")]
    [InlineData("priority: 1.5", 4, 13, "priority", "found \"1.5\", expected a whole number from -1,000,000 to 1,000,000.")]
    [InlineData("retries: -1", 4, 12, "retries", "found \"-1\", expected a whole number from 0 to 1,000.")]
    [InlineData("backoff: soon", 4, 12, "backoff", "found \"soon\", expected a duration such as \"90s\", \"1h30m\" or \"2h\", at most 1h.")]
    [InlineData(
        "backoff: [1s, 2h]",
        4,
        17,
        "backoff",
        "found \"2h\", expected a duration such as \"90s\", \"1h30m\" or \"2h\", at most 1h."
    )]
    [InlineData(
        "backoff: []",
        4,
        12,
        "backoff",
        "found an empty list, expected a duration such as \"90s\", \"1h30m\" or \"2h\", at most 1h, or a list of them such as "
            + "[5s, 30s, 2m]."
    )]
    [InlineData(
        "success_codes: []",
        4,
        18,
        "success_codes",
        "found an empty list, expected a list of exit statuses from 0 to 255 such as [0, 2]."
    )]
    [InlineData(
        "success_codes: {a: 1}",
        4,
        18,
        "success_codes",
        "found a map with \"a\", expected a list of exit statuses from 0 to 255 such as [0, 2]."
    )]
    [InlineData("success_codes: [0, 256]", 4, 22, "success_codes", "found \"256\", expected a whole number from 0 to 255.")]
    [InlineData("success_codes: [SIGTERM]", 4, 19, "success_codes", "found \"SIGTERM\", expected a whole number from 0 to 255.")]
    [InlineData(
        "restart: never",
        4,
        3,
        "restart",
        "belongs to jobs of type always, and this one is trigger; remove it or change the type."
    )]
    [InlineData(
        "timeout: 0",
        4,
        12,
        "timeout",
        "found \"0\", expected a duration such as \"90s\", \"1h30m\" or \"2h\", longer than nothing."
    )]
    [InlineData(
        "timeout: -5s",
        4,
        12,
        "timeout",
        "found \"-5s\", expected a duration such as \"90s\", \"1h30m\" or \"2h\", longer than nothing."
    )]
    [InlineData(
        "timeout: 5 parsecs",
        4,
        12,
        "timeout",
        "found \"5 parsecs\", expected a duration such as \"90s\", \"1h30m\" or \"2h\", longer than nothing."
    )]
    [InlineData("grace: 2h", 4, 10, "grace", "found \"2h\", expected a duration such as \"90s\", \"1h30m\" or \"2h\", at most 1h.")]
    [InlineData("limits: 512M", 4, 11, "limits", "found \"512M\", expected a map such as {memory: 512M, cpu_time: 60s}.")]
    [InlineData("limits: {memry: 512M}", 4, 12, "limits", "unknown limit \"memry\". Did you mean \"memory\"?")]
    [InlineData(
        "limits: {memory: much}",
        4,
        20,
        "limits.memory",
        "found \"much\", expected a size such as \"512M\" or \"2G\", from 1M to 1024T."
    )]
    [InlineData(
        "limits: {memory: 512}",
        4,
        20,
        "limits.memory",
        "found \"512\", expected a size such as \"512M\" or \"2G\", from 1M to 1024T."
    )]
    [InlineData(
        "limits: {memory: 1MM}",
        4,
        20,
        "limits.memory",
        "found \"1MM\", expected a size such as \"512M\" or \"2G\", from 1M to 1024T."
    )]
    [InlineData(
        "limits: {memory: -1G}",
        4,
        20,
        "limits.memory",
        "found \"-1G\", expected a size such as \"512M\" or \"2G\", from 1M to 1024T."
    )]
    [InlineData(
        "limits: {memory: 99999999999999999999T}",
        4,
        20,
        "limits.memory",
        "found \"99999999999999999999T\", expected a size such as \"512M\" or \"2G\", from 1M to 1024T."
    )]
    [InlineData(
        "limits: {cpu_time: 10ms}",
        4,
        22,
        "limits.cpu_time",
        "found \"10ms\", expected a duration such as \"90s\", \"1h30m\" or \"2h\", at least 1s."
    )]
    [InlineData("limits: {cpu: 0}", 4, 17, "limits.cpu", "found \"0\", expected a number from 0.01 to 1,024.")]
    [InlineData("limits: {open_files: 3}", 4, 24, "limits.open_files", "found \"3\", expected a whole number from 16 to 1,048,576.")]
    [InlineData("limits: {processes: 0}", 4, 23, "limits.processes", "found \"0\", expected a whole number from 1 to 4,194,304.")]
    [InlineData("limits: {nice: 20}", 4, 18, "limits.nice", "found \"20\", expected a whole number from -20 to 19.")]
    [InlineData("limits: {output: 0}", 4, 20, "limits.output", "found \"0\", expected a size such as \"512M\" or \"2G\", from 1 to 1024T.")]
    [InlineData(
        "notify: ops@example.org",
        4,
        11,
        "notify",
        "found \"ops@example.org\", expected a list of channels such as [{email: ops@example.org, on: [failure, recovery]}]."
    )]
    [InlineData("notify: [x]", 4, 12, "notify", "found \"x\", expected a map such as {webhook: \"https://example.org/hook\"}.")]
    [InlineData("notify: {webhok: \"https://a\"}", 4, 12, "notify", "unknown name \"webhok\". Did you mean \"webhook\"?")]
    [InlineData(
        "notify: {webhook: example.org}",
        4,
        21,
        "notify.webhook",
        "found \"example.org\", expected a URL such as https://example.org/hook, or where it is: env:NAME or file:secrets/hook."
    )]
    [InlineData(
        "notify: {email: nobody}",
        4,
        19,
        "notify.email",
        "found \"nobody\", expected a mail address such as ops@example.org, several with commas, or where they are: env:NAME or file:path."
    )]
    [InlineData(
        "notify: {email: a@b, on: [failed]}",
        4,
        29,
        "notify.on",
        "found \"failed\", expected one of failure, recovery, crash_loop, late, approval. Did you mean \"failure\"?"
    )]
    [InlineData(
        "notify: {email: a@b, repeat: 8d}",
        4,
        32,
        "notify.repeat",
        "found \"8d\", expected a duration such as \"90s\", \"1h30m\" or \"2h\", at most 7d."
    )]
    [InlineData(
        "notify: {email: a@b, slack: \"https://a\"}",
        4,
        24,
        "notify",
        "a second channel in one entry; write it as a separate entry."
    )]
    [InlineData("notify: {on: failure}", 4, 11, "notify", "has no channel; expected one of webhook, slack, command, email.")]
    [InlineData("deadline: 0", 4, 13, "deadline", "found \"0\", expected a duration such as \"90s\", \"1h30m\" or \"2h\", at least 1s.")]
    [InlineData(
        "ping: ftp://example.org",
        4,
        9,
        "ping",
        "found \"ftp://example.org\", expected a URL such as https://example.org/hook, or where it is: env:NAME or file:secrets/hook."
    )]
    [InlineData("ping: {sucess: \"https://a\"}", 4, 10, "ping", "unknown name \"sucess\". Did you mean \"success\"?")]
    [InlineData("overlap: skipp", 4, 12, "overlap", "found \"skipp\", expected one of skip, queue, parallel. Did you mean \"skip\"?")]
    [InlineData("max_parallel: 0", 4, 17, "max_parallel", "found \"0\", expected a whole number of at least 1.")]
    [InlineData("time: '09:00'", 4, 3, "time", "belongs to jobs of type daily, and this one is trigger; remove it or change the type.")]
    [InlineData(
        "timezone: UTC",
        4,
        3,
        "timezone",
        "belongs to jobs of type daily, random_daily and cron, and this one is trigger; remove it or change the type."
    )]
    [InlineData(
        "catch_up: once",
        4,
        3,
        "catch_up",
        "belongs to jobs of type daily, interval, random_daily and cron, and this one is trigger; remove it or change the type."
    )]
    [InlineData(
        "min_uptime: 1s",
        4,
        3,
        "min_uptime",
        "belongs to jobs of type always, and this one is trigger; remove it or change the type."
    )]
    public void Of_a_trigger_job(string field, int line, int column, string name, string message) =>
        Assert.Equal($"Jobs/jobs.yaml:{line}:{column}: job \"a\", field \"{name}\": {message}", Lists.Error(Lists.Trigger(field)));

    [Theory]
    [InlineData("daily", "time: 25:00", "field \"time\": found \"25:00\", expected a time of day such as \"09:00\".")]
    [InlineData("daily", "time: '24:00'", "field \"time\": found \"24:00\", expected a time of day such as \"09:00\".")]
    [InlineData("daily", "time: noon", "field \"time\": found \"noon\", expected a time of day such as \"09:00\".")]
    [InlineData(
        "interval",
        "interval: 50ms",
        "field \"interval\": found \"50ms\", expected a duration such as \"90s\", \"1h30m\" or \"2h\", at least 100ms."
    )]
    [InlineData(
        "interval",
        "interval: 30m1h",
        "field \"interval\": found \"30m1h\", expected a duration such as \"90s\", \"1h30m\" or \"2h\", at least 100ms."
    )]
    [InlineData(
        "interval",
        "interval: 99999999999999999999d",
        "field \"interval\": found \"99999999999999999999d\", expected a duration such as \"90s\", \"1h30m\" or \"2h\", at least 100ms."
    )]
    [InlineData(
        "interval",
        "interval_minutes: 0",
        "field \"interval_minutes\": found \"0\", expected a number of minutes above 0 such as 5 or 0.5 (at least 100ms)."
    )]
    [InlineData(
        "interval",
        "interval_minutes: 5m",
        "field \"interval_minutes\": found \"5m\", expected a number of minutes above 0 such as 5 or 0.5 (at least 100ms)."
    )]
    [InlineData("always", "min_uptime: x", "field \"min_uptime\": found \"x\", expected a duration such as \"90s\", \"1h30m\" or \"2h\".")]
    public void Of_a_type(string type, string field, string message) =>
        Assert.EndsWith(
            ": job \"a\", " + message,
            Lists.Error($"- {{name: a, type: {type}, file: a.py, {field}}}"),
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("Europe/Berlim", "Europe/Berlin")]
    [InlineData("europe/berlin", "Europe/Berlin")]
    [InlineData("Berlin", "Europe/Berlin")]
    [InlineData("new york", "America/New_York")]
    public void An_unknown_time_zone_brings_the_nearest(string written, string nearest)
    {
        var error = Assert.Single(Lists.Parse(Lists.Of("daily", $"timezone: {written}")).Errors);
        Assert.Equal(nearest, error.Nearest[0]);
        Assert.StartsWith(
            $"Jobs/jobs.yaml:4:13: job \"a\", field \"timezone\": found \"{written}\", expected an IANA time zone such as "
                + $"\"Europe/Berlin\" or \"UTC\". Did you mean \"{nearest}\"",
            error.ToString(),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("../../../../etc/passwd")]
    [InlineData("/etc/localtime")]
    [InlineData("''")]
    [InlineData("zone.tab")]
    public void A_time_zone_is_never_any_other_file(string written) =>
        Assert.Contains("expected an IANA time zone", Lists.Error(Lists.Of("daily", $"timezone: {written}")), StringComparison.Ordinal);

    [Theory]
    [InlineData("/bin/sh")]
    [InlineData("../a.py")]
    [InlineData("a/../../b.py")]
    [InlineData("..")]
    [InlineData("C:/a.py")]
    [InlineData("'c:\\a.py'")]
    [InlineData("'a\\b.py'")]
    [InlineData("~/a.py")]
    [InlineData("'a/'")]
    [InlineData("'.'")]
    [InlineData("''")]
    [InlineData("\"a\\0.py\"")]
    [InlineData("[a.py]")]
    public void A_file_stays_inside_programs(string file) =>
        Assert.Contains(
            "1:34: job \"a\", field \"file\": found ",
            Lists.Error($"- {{name: a, type: trigger, file: {file}}}"),
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData(
        "python3 -u x.py 'a b'",
        "found \"python3 -u x.py 'a b'\", expected a list: [\"python3\", \"-u\", \"x.py\", \"a b\"]; a line for a shell is written as "
            + "shell: \"python3 -u x.py 'a b'\"."
    )]
    [InlineData("a b", "found \"a b\", expected a list: [\"a\", \"b\"]; a line for a shell is written as shell: \"a b\".")]
    [InlineData(
        "make && make install",
        "found \"make && make install\", expected a list; a line for a shell is written as shell: \"make && make install\"."
    )]
    [InlineData("echo $HOME > x", "found \"echo $HOME > x\", expected a list; a line for a shell is written as shell: \"echo $HOME > x\".")]
    [InlineData("cat a | wc -l", "found \"cat a | wc -l\", expected a list; a line for a shell is written as shell: \"cat a | wc -l\".")]
    [InlineData(
        "[]",
        "found an empty list, expected a list of a program and its arguments such as [\"curl\", \"-sS\", \"https://example.org\"]."
    )]
    [InlineData("[a, [b]]", "found a list, expected a text or a number (write \"\" for an empty argument, \"~\" for a tilde).")]
    [InlineData("[a, ~]", "found nothing, expected a text or a number (write \"\" for an empty argument, \"~\" for a tilde).")]
    [InlineData("['']", "found \"\", expected the program to start.")]
    public void A_command_is_a_list(string command, string message) =>
        Assert.EndsWith(
            $"job \"a\", field \"command\": {message}",
            Lists.Error($"- name: a\n  type: trigger\n  command: {command}\n"),
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData(".a")]
    [InlineData("a b")]
    [InlineData("a/b")]
    [InlineData("ä")]
    [InlineData("''")]
    [InlineData("[a]")]
    public void A_name_is_made_of_few_characters(string name) =>
        Assert.Contains("field \"name\": found", Lists.Error($"- {{name: {name}, type: trigger, file: a.py}}"), StringComparison.Ordinal);

    [Fact]
    public void A_name_has_at_most_128_characters()
    {
        Assert.Empty(Lists.Errors($"- {{name: {new string('n', 128)}, type: trigger, file: a.py}}"));
        Assert.Contains(
            "1 to 128 of the characters",
            Lists.Error($"- {{name: {new string('n', 129)}, type: trigger, file: a.py}}"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_wrong_cron_expression_is_told_with_the_reason()
    {
        var error = Lists.Error("- {name: a, type: cron, file: a.py, cron: '1 2'}");
        Assert.StartsWith(
            "Jobs/jobs.yaml:1:43: job \"a\", field \"cron\": found \"1 2\", expected a cron expression such as \"*/5 * * * *\" (",
            error,
            StringComparison.Ordinal
        );
    }
}
