using System.Text.Json;
using Aios.Jobs;
using Aios.Scheduling;

namespace Aios.Tests.Jobs;

/// <summary>Each field read right, seen through the JSON that is written of it.</summary>
public sealed class FieldReadingTests
{
    [Theory]
    [InlineData("trigger", "description", "'Mails: all'", "\"Mails: all\"")]
    [InlineData("trigger", "description", "5", "\"5\"")]
    [InlineData("trigger", "function", "main", "\"main\"")]
    [InlineData("trigger", "function", "größe_2", "\"größe_2\"")]
    [InlineData("trigger", "args", "[1, \"1\", true, null, 1.5, [a]]", "[1,\"1\",true,null,1.5,[\"a\"]]")]
    [InlineData("trigger", "kwargs", "{a: 1, b: {5: x, true: y}}", "{\"a\":1,\"b\":{\"5\":\"x\",\"true\":\"y\"}}")]
    [InlineData("trigger", "env", "{A: 5, B: true, C: x}", "{\"A\":\"5\",\"B\":\"true\",\"C\":\"x\"}")]
    [InlineData("trigger", "tags", "[gpu, linux]", "[\"gpu\",\"linux\"]")]
    [InlineData("trigger", "tags", "gpu", "[\"gpu\"]")]
    [InlineData("trigger", "tags", "'linux, gpu,'", "[\"gpu\",\"linux\"]")]
    [InlineData("trigger", "tags", "[5]", "[\"5\"]")]
    [InlineData("trigger", "enabled", "false", "false")]
    [InlineData("trigger", "enabled", "no", "false")]
    [InlineData("trigger", "enabled", "Off", "false")]
    [InlineData("trigger", "priority", "-7", "-7")]
    [InlineData("trigger", "priority", "\"5\"", "5")]
    [InlineData("trigger", "priority", "1000000", "1000000")]
    [InlineData("daily", "timezone", "Asia/Tokyo", "\"Asia/Tokyo\"")]
    [InlineData("daily", "catch_up", "none", "\"none\"")]
    [InlineData("interval", "catch_up", "ALL", "\"all\"")]
    [InlineData("trigger", "retries", "3", "3")]
    [InlineData("trigger", "backoff", "5s", "\"5s\"")]
    [InlineData("trigger", "backoff", "[5s, 30, 2m]", "[\"5s\",\"30s\",\"2m\"]")]
    [InlineData("trigger", "timeout", "10m", "\"10m\"")]
    [InlineData("trigger", "timeout", "0.5", "\"500ms\"")]
    [InlineData("trigger", "grace", "0", "\"0s\"")]
    [InlineData("trigger", "grace", "1h", "\"1h\"")]
    [InlineData(
        "trigger",
        "limits",
        "{memory: 512M, cpu_time: 90, cpu: 0.5, open_files: 64, processes: 20, nice: -5, output: 1.5KiB}",
        "{\"memory\":\"512M\",\"cpu_time\":\"1m30s\",\"cpu\":0.5,\"open_files\":64,\"processes\":20,\"nice\":-5,\"output\":\"1536\"}"
    )]
    [InlineData("trigger", "limits", "{memory: 2048 Mi, output: 10000000, nice: ~}", "{\"memory\":\"2G\",\"output\":\"10000000\"}")]
    [InlineData("trigger", "limits", "{memory: 1.5g}", "{\"memory\":\"1536M\"}")]
    [InlineData("trigger", "overlap", "queue", "\"queue\"")]
    [InlineData("trigger", "max_parallel", "4", "4")]
    [InlineData("always", "min_uptime", "10s", "\"10s\"")]
    [InlineData("always", "restart", "on_failure", "\"on_failure\"")]
    [InlineData("always", "restart", "NEVER", "\"never\"")]
    [InlineData("trigger", "success_codes", "[2, 0, 2]", "[0,2]")]
    [InlineData("daily", "success_codes", "7", "[7]")]
    [InlineData("trigger", "deadline", "26h", "\"1d2h\"")]
    [InlineData("trigger", "notify", "{webhook: 'https://example.org/h'}", "[{\"webhook\":\"https://example.org/h\"}]")]
    [InlineData(
        "trigger",
        "notify",
        "[{slack: 'env:HOOK', on: failure, repeat: 5m}, {command: [say, 5]}]",
        "[{\"slack\":\"env:HOOK\",\"on\":[\"failure\"],\"repeat\":\"5m\"},{\"command\":[\"say\",\"5\"]}]"
    )]
    [InlineData(
        "trigger",
        "notify",
        "{email: 'a@b.c,d@e.f', on: [late, crash_loop]}",
        "[{\"email\":\"a@b.c, d@e.f\",\"on\":[\"crash_loop\",\"late\"]}]"
    )]
    [InlineData("always", "ping", "'https://example.org/x'", "\"https://example.org/x\"")]
    [InlineData(
        "trigger",
        "ping",
        "{fail: 'file:secrets/url', success: 'http://x/?a=b'}",
        "{\"success\":\"http://x/?a=b\",\"fail\":\"file:secrets/url\"}"
    )]
    public void A_field_is_read(string type, string field, string value, string expected)
    {
        var json = JsonDocument.Parse(JobJson.Write(Lists.Job(Lists.Of(type, $"{field}: {value}")))).RootElement;
        Assert.Equal(expected, json.GetProperty(field).GetRawText());
    }

    [Theory]
    [InlineData("9:05", 9, 5, 0)]
    [InlineData("09:05", 9, 5, 0)]
    [InlineData("'23:59:59'", 23, 59, 59)]
    [InlineData("10:30", 10, 30, 0)]
    public void A_time_of_day_is_read(string text, int hour, int minute, int second) =>
        Assert.Equal(
            new TimeOnly(hour, minute, second),
            Lists.Job($"- {{name: a, type: daily, file: a.py, time: {text}}}").As<Daily>().Time
        );

    [Theory]
    [InlineData("interval: 90s", 90_000)]
    [InlineData("interval: 2h", 7_200_000)]
    [InlineData("interval: 1h30m", 5_400_000)]
    [InlineData("interval: 1h 30m", 5_400_000)]
    [InlineData("interval: 500ms", 500)]
    [InlineData("interval: 1d", 86_400_000)]
    [InlineData("interval: 1.5h", 5_400_000)]
    [InlineData("interval: 90", 90_000)]
    [InlineData("interval: '90'", 90_000)]
    [InlineData("interval: 0.1", 100)]
    [InlineData("interval_minutes: 5", 300_000)]
    [InlineData("interval_minutes: 0.5", 30_000)]
    [InlineData("interval_minutes: \"5\"", 300_000)]
    public void An_interval_is_read(string field, int milliseconds) =>
        Assert.Equal(
            TimeSpan.FromMilliseconds(milliseconds),
            Lists.Job($"- {{name: a, type: interval, file: a.py, {field}}}").As<Interval>().Every
        );

    [Theory]
    [InlineData("always", JobType.Always)]
    [InlineData("daily", JobType.Daily)]
    [InlineData("interval", JobType.Interval)]
    [InlineData("random_daily", JobType.RandomDaily)]
    [InlineData("cron", JobType.Cron)]
    [InlineData("trigger", JobType.Trigger)]
    [InlineData("idle", JobType.Idle)]
    internal void Each_type_is_read(string type, JobType expected) => Assert.Equal(expected, Lists.Job(Lists.Of(type)).Type);

    [Fact]
    public void A_command_takes_texts_numbers_and_words_as_they_are_written() =>
        Assert.Equal(
            ["true", "1.0", "", "a b", "yes"],
            Lists.Job("- {name: a, type: trigger, command: [true, 1.0, \"\", a b, yes]}").Work.Argv.ToArray()
        );

    [Fact]
    public void A_job_that_says_nothing_has_the_defaults()
    {
        var job = Lists.Job(Lists.Of("daily"));

        Assert.True(job.Enabled);
        Assert.Equal(("[]", "{}"), (job.ArgsJson, job.KwargsJson));
        Assert.Equal((CatchUp.Once, 0, null, null), (job.Schedule.CatchUp, job.Retries, job.Overlap, job.Timeout));
        Assert.Same(Backoff.Default, job.Backoff);
        Assert.Equal(TimeZoneInfo.Local, job.As<Daily>().TimeZone);
        Assert.Equal("Jobs/jobs.yaml:1", job.DefinedAt);
    }

    [Fact]
    public void One_wait_doubles_and_a_list_of_waits_does_not()
    {
        Assert.True(Lists.Job(Lists.Trigger("backoff: 2s")).Backoff.Doubles);
        Assert.False(Lists.Job(Lists.Trigger("backoff: [2s]")).Backoff.Doubles);
    }

    [Fact]
    public void Null_is_not_given() => Assert.Null(Lists.Job(Lists.Trigger("time: ~\n  timeout: null\n  function:")).Timeout);

    [Theory]
    [InlineData("./report.py", "report.py")]
    [InlineData("tools//clean.sh", "tools/clean.sh")]
    [InlineData("a..b/c...py", "a..b/c...py")]
    [InlineData("'mein programm.py'", "mein programm.py")]
    public void A_file_inside_programs_is_read(string file, string expected) =>
        Assert.Equal(expected, Lists.Job($"- {{name: a, type: trigger, file: {file}}}").Work.ProgramFile);
}
