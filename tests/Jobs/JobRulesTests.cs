namespace Aios.Tests.Jobs;

/// <summary>What fields must be to one another, defaults, and lists with several mistakes.</summary>
public sealed class JobRulesTests
{
    [Theory]
    [InlineData(
        "- {name: a, type: trigger}",
        "1:3: job \"a\": \"file\" or \"command\" or \"shell\" or \"llm\" or \"steps\" is missing; a job needs one of them."
    )]
    [InlineData(
        "- {name: a, type: trigger, file: a.py, command: [b]}",
        "1:40: job \"a\": \"file\" and \"command\" exclude each other; keep one of them."
    )]
    [InlineData(
        "- {name: a, type: trigger, file: a.sh, function: main}",
        "1:40: job \"a\", field \"function\": only a file that ends in .py has functions to call, and \"file\" is \"a.sh\"."
    )]
    [InlineData(
        "- {name: a, type: trigger, command: [a], function: main}",
        "1:42: job \"a\", field \"function\": needs a \"file\" that ends in .py, in which the function is."
    )]
    [InlineData(
        "- {name: a, type: daily, file: a.py}",
        "1:3: job \"a\", field \"time\": missing; a daily job needs it: a time of day such as \"09:00\"."
    )]
    [InlineData(
        "- {name: a, type: random_daily, file: a.py, after_time: '8:00'}",
        "1:3: job \"a\", field \"before_time\": missing; a random_daily job needs it: a time of day such as \"09:00\"."
    )]
    [InlineData(
        "- {name: a, type: cron, file: a.py}",
        "1:3: job \"a\", field \"cron\": missing; a cron job needs it: a cron expression such as \"*/5 * * * *\"."
    )]
    [InlineData(
        "- {name: a, type: interval, file: a.py}",
        "1:3: job \"a\": \"interval\" or \"interval_minutes\" is missing; an interval job needs one of them."
    )]
    [InlineData(
        "- {name: a, type: interval, file: a.py, interval: 5m, interval_minutes: 5}",
        "1:55: job \"a\": \"interval\" and \"interval_minutes\" exclude each other; keep one of them."
    )]
    [InlineData(
        "- {name: a, file: a.py}",
        "1:3: job \"a\", field \"type\": missing; each job needs it: one of always, daily, interval, random_daily, cron, trigger, idle."
    )]
    [InlineData(
        "- {name: a, type: dayly, file: a.py}",
        "1:19: job \"a\", field \"type\": found \"dayly\", expected one of always, daily, interval, random_daily, cron, trigger, idle. "
            + "Did you mean \"daily\"?"
    )]
    [InlineData(
        "- {type: trigger, file: a.py}",
        "1:3: job #1, field \"name\": missing; each job needs it: 1 to 128 of the characters A-Z a-z 0-9 _ - . with no dot at "
            + "the beginning."
    )]
    [InlineData(
        "- {name: a, type: trigger, file: a.py, overlap: skip, max_parallel: 2}",
        "1:55: job \"a\", field \"max_parallel\": contradicts \"overlap: skip\", by which never more than one runs; remove it or write "
            + "\"overlap: parallel\"."
    )]
    [InlineData("- {name: a, type: trigger, file: a.py, colour: {memory: 1}}", "1:40: job \"a\": unknown field \"colour\".")]
    [InlineData("- {name: a, type: trigger, file: a.py, imag: x}", "1:40: job \"a\": unknown field \"imag\". Did you mean \"image\"?")]
    [InlineData("- {name: a, type: trigger, file: a.py, tag: x}", "1:40: job \"a\": unknown field \"tag\". Did you mean \"tags\"?")]
    [InlineData(
        "- {name: a, type: trigger, file: a.py, file: b.py}",
        "1:40: job \"a\": \"file\" is written twice; the first is on line 1. Remove one of them."
    )]
    [InlineData("- {name: a, type: trigger, comand: [x]}", "1:28: job \"a\": unknown field \"comand\". Did you mean \"command\"?")]
    [InlineData("- {name: a, type: trigger, flie: a.py}", "1:28: job \"a\": unknown field \"flie\". Did you mean \"file\"?")]
    [InlineData(
        "- {name: a, type: interval, file: a.py, intervall: 5m}",
        "1:41: job \"a\": unknown field \"intervall\". Did you mean \"interval\"?"
    )]
    [InlineData(
        "- {name: a, type: cron, file: a.py, corn: '* * * * *'}",
        "1:37: job \"a\": unknown field \"corn\". Did you mean \"cron\"?"
    )]
    [InlineData("- {name: a, tpye: trigger, file: a.py}", "1:13: job \"a\": unknown field \"tpye\". Did you mean \"type\"?")]
    [InlineData(
        "- just text",
        "1:3: job #1: found \"just text\", expected the fields of a job, such as \"name: report\" and \"type: daily\"."
    )]
    public void A_job_that_breaks_a_rule(string text, string message) => Assert.Equal("Jobs/jobs.yaml:" + message, Lists.Error(text));

    [Fact]
    public void One_run_at_once_is_no_contradiction() =>
        Assert.Equal(1, Lists.Job(Lists.Trigger("overlap: skip\n  max_parallel: 1")).MaxParallel);

    [Fact]
    public void Everything_wrong_is_told_at_once()
    {
        const string text = """
            - name: report
              type: daily
              tyme: "09:00"
              file: report.py
            - name: sync
              type: interval
              interval: never
              file: ../sync.py
              retries: many
            - name: report
              type: trigger
              command: run me
            """;

        Assert.Equal(
            [
                "Jobs/jobs.yaml:3:3: job \"report\": unknown field \"tyme\". Did you mean \"time\"?",
                "Jobs/jobs.yaml:7:13: job \"sync\", field \"interval\": found \"never\", expected a duration such as \"90s\", \"1h30m\" "
                    + "or \"2h\", at least 100ms.",
                "Jobs/jobs.yaml:8:9: job \"sync\", field \"file\": found \"../sync.py\", expected a path inside Programs/ such as "
                    + "\"report.py\" or \"tools/clean.sh\", with no .. or drive or / or ~ at its beginning.",
                "Jobs/jobs.yaml:9:12: job \"sync\", field \"retries\": found \"many\", expected a whole number from 0 to 1,000.",
                "Jobs/jobs.yaml:10:3: job \"report\", field \"name\": used twice; the first is at Jobs/jobs.yaml:1:3. Give one of the two "
                    + "another name.",
                "Jobs/jobs.yaml:12:12: job \"report\", field \"command\": found \"run me\", expected a list: [\"run\", \"me\"]; a line "
                    + "for a shell is written as shell: \"run me\".",
            ],
            Lists.Errors(text)
        );
    }

    [Fact]
    public void An_error_has_its_parts()
    {
        var error = Assert.Single(Lists.Parse("- {name: a, type: trigger, file: a.py, tyme: 1}").Errors);
        Assert.Equal(("Jobs/jobs.yaml", 1, 40, "a", "\"tyme\""), (error.File, error.Line, error.Column, error.Job, error.Found));
        Assert.Equal(["time"], error.Nearest.ToArray());
    }

    [Fact]
    public void A_cron_expression_that_never_occurs_is_a_warning()
    {
        var list = Lists.Parse("- {name: a, type: cron, cron: '0 0 30 2 *', command: [a]}");
        Assert.Empty(list.Errors);
        Assert.Contains("job \"a\", field \"cron\": never occurs", Assert.Single(list.Warnings).ToString(), StringComparison.Ordinal);
    }
}
