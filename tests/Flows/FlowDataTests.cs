using Aios.Daemon.Ticks;
using Aios.Store.Results;
using Aios.Store.Runs;

namespace Aios.Tests.Flows;

/// <summary>What steps get of the flow, and of each other.</summary>
public sealed class FlowDataTests
{
    [Fact]
    public void References_reach_arguments_with_their_type()
    {
        using var flow = new FlowRig(
            "{name: a, set: {n: 7, list: [1, two, null], text: hello}}",
            "{name: b, command: [x], args: ['${steps.a.result.n}', 'n is ${steps.a.result.n}', '${args[0]}'], "
                + "kwargs: {l: '${steps.a.result.list}', k: '${kwargs.city}', job: '${flow.job}'}}"
        );
        flow.Start("[true]", """{"city": "Bonn"}""");
        Assert.Equal("""[7,"n is 7",true] {"l":[1,"two",null],"k":"Bonn","job":"f"}""", flow.Arguments("b"));
    }

    [Fact]
    public void A_field_of_the_step_itself_may_have_references()
    {
        using var flow = new FlowRig(
            "{name: a, set: {city: Bonn, seconds: 90}}",
            "{name: b, command: [mail, '--to=${steps.a.result.city}', '${flow.id}'], "
                + "env: {CITY: '${steps.a.result.city}'}, timeout: '${steps.a.result.seconds}'}"
        );
        flow.Start();
        var job = flow.Take("b").Request.Job;
        Assert.Equal(["mail", "--to=Bonn", $"{flow.Id}"], ((CommandWork)job.Work).Command);
        Assert.Equal(("Bonn", TimeSpan.FromSeconds(90)), (job.Env["CITY"], job.Timeout));
    }

    [Fact]
    public void A_shell_keeps_its_own_variables()
    {
        using var flow = new FlowRig("{name: a, set: {x: 7}}", "{name: b, shell: 'echo ${HOME} ${steps.a.result.x} $$ ${y:-z}'}");
        flow.Start();
        var work = (ShellWork)flow.Take("b").Request.Job.Work;
        Assert.Equal("echo ${HOME} \"${AIOS_VALUE_1}\" $$ ${y:-z}", work.Line);
        Assert.Equal([KeyValuePair.Create("AIOS_VALUE_1", "7")], work.Variables);
    }

    [Theory]
    [InlineData("command: [x, '${steps.a.result.nothing}']", "nothing")]
    [InlineData("command: [x], args: ['${steps.a.result.nothing}']", "nothing")]
    [InlineData("command: [x], timeout: '${steps.a.result.text}'", "timeout: found \"soon\"")]
    [InlineData("command: '${steps.a.result.map}'", "command")]
    [InlineData("set: {v: '${steps.a.result.text.more}'}", "more")]
    [InlineData("wait: '${steps.a.result.text}'", "wait: found \"soon\"")]
    [InlineData("job: '${steps.a.result.none}'", "none")]
    [InlineData("approval: 'Send ${steps.a.result.nothing}?'", "nothing")]
    [InlineData("approval: Send?, show: {t: '${steps.a.result.nothing}'}", "nothing")]
    [InlineData("command: [x], each: '${steps.a.result.text}'", "each: found a JSON string, expected a list")]
    [InlineData("command: [x, '${item.nothing}'], each: [{}]", "nothing")]
    public void A_reference_that_leads_nowhere_fails_the_step_and_says_where(string work, string words)
    {
        using var flow = new FlowRig("{name: a, set: {text: soon, map: {}}}", $"{{name: b, {work}}}", "{name: c, set: 1, always: true}");
        flow.Start();
        Assert.StartsWith("failed: ", flow.Step("b"), StringComparison.Ordinal);
        Assert.Contains(words, flow.Step("b"), StringComparison.Ordinal);
        Assert.StartsWith("failed: step b failed: ", flow.Status, StringComparison.Ordinal);
        Assert.Equal("succeeded", flow.Step("c"));
    }

    [Fact]
    public void The_result_of_a_flow_is_that_of_its_last_step_that_is_no_cleaning()
    {
        using var flow = new FlowRig(
            "{name: a, set: 1}",
            "{name: b, set: {sum: '${steps.a.result + 1}'}}",
            "{name: c, set: 9, always: true}"
        );
        flow.Start();
        Assert.Equal("""{"sum":2}""", flow.Result.Replace(" ", "", StringComparison.Ordinal));
    }

    [Fact]
    public void What_the_job_says_counts_for_steps_that_do_not_say_it()
    {
        using var flow = FlowRig.On(
            FlowRig.List(
                "env: {A: job, B: job}\n  tags: [x]\n  workdir: /srv\n  limits: {memory: 1G}",
                "{name: a, command: [x], env: {B: step, C: step}, tags: [y]}"
            )
        );
        using var device = flow.Daemon.Beside("there", "x y", [.. flow.Daemon.List.Jobs]);
        flow.Sql.Trigger("f");
        var job = Assert.Single(device.Tick()).Request.Job;
        Assert.Equal("A=job B=step C=step", string.Join(' ', job.Env.Select(pair => $"{pair.Key}={pair.Value}")));
        Assert.Equal(("x y", "/srv"), (string.Join(' ', job.Tags), job.Workdir));
        Assert.Equal(1L << 30, job.Limits.Memory);
    }

    [Fact]
    public void A_result_that_another_program_wrote_and_that_is_no_JSON_fails_who_refers_to_it()
    {
        using var flow = new FlowRig(
            "{name: a, command: [x]}",
            "{name: b, command: [x]}",
            "{name: c, command: [x, '${steps.a.result.y}']}"
        );
        flow.Start();
        flow.End("a", "{\"y\": 1}");
        flow.Sql.Do("UPDATE steps SET result = 'no {json' WHERE step = 'a'");
        flow.End("b");
        Assert.Contains("not valid JSON", flow.Step("c"), StringComparison.Ordinal);
        Assert.StartsWith("failed: step c failed", flow.Status, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_result_is_in_a_file_and_is_read_by_who_refers_to_it()
    {
        using var flow = new FlowRig(
            "{name: a, command: [x]}",
            "{name: b, when: 'size(steps.a.result.rows) == 3', each: '${steps.a.result.rows}', command: [x, '${size(item)}']}",
            "{name: c, set: '${steps.a.result}'}",
            "{name: d, command: [x], args: ['${size(steps.c.result.rows)}'], kwargs: {status: '${steps.c.status}'}}"
        );
        flow.Start();
        flow.End("a", $"{{\"rows\": [{Row(500_000)}, {Row(500_000)}, {Row(500_000)}]}}");
        Assert.Equal(("", 1_500_022L), (flow.ResultOf("a"), FileOf(flow, "a").Bytes));
        Assert.Equal("b b b", flow.Running);
        for (var i = 0; i < 3; i++)
            flow.End("b", Row(400_000));
        Assert.Equal("", flow.ResultOf("b"));
        Assert.StartsWith("[\"xxx", flow.Daemon.Context.Results.Read(FileOf(flow, "b")), StringComparison.Ordinal);
        Assert.Equal("[3] {\"status\":\"succeeded\"}", flow.Arguments("d"));
        flow.End("d");
        Assert.Equal("succeeded", flow.Status);
    }

    [Fact]
    public void The_result_of_a_flow_may_be_in_a_file_too()
    {
        using var flow = new FlowRig("{name: a, command: [x]}");
        flow.Start();
        flow.End("a", Row(2_000_000));
        Assert.Equal("", flow.Result);
        Assert.Equal(
            flow.Sql.Scalar<string>("SELECT result_file FROM steps"),
            flow.Sql.Scalar<string>("SELECT result_file FROM runs WHERE trigger_id = ?1", flow.Id)
        );
    }

    [Theory]
    [InlineData(false, "is missing; restore the file, or run the step again with `aios flow retry 1 --from a`")]
    [InlineData(true, "has changed: its SHA-256 is ")]
    public void A_file_of_a_result_that_is_gone_or_changed_fails_who_refers_to_it(bool isThere, string why)
    {
        using var flow = new FlowRig("{name: a, command: [x]}", "{name: b, set: '${size(steps.a.result)}'}");
        flow.Start();
        var a = flow.Take("a");
        var (_, file) = flow.Daemon.Context.Results.Keep(Row(2_000_000));
        var path = Path.Combine(Path.GetDirectoryName(flow.Daemon.DatabasePath)!, file!.Path);
        if (isThere)
            File.WriteAllText(path, Row(1_999_999) + " ");
        else
            File.Delete(path);
        var now = flow.Daemon.Clock.GetUtcNow();
        flow.Settle(new EndedRun(a.Key, a.At, new RunEnd(RunStatus.Succeeded, now) { ResultFile = file }, a.Request.Job) { Began = true });
        Assert.StartsWith("failed: set: the result of step a: /", flow.Step("b"), StringComparison.Ordinal);
        Assert.Contains(why, flow.Step("b"), StringComparison.Ordinal);
    }

    [Fact]
    public void Arguments_that_are_too_long_fail_the_step()
    {
        using var flow = new FlowRig(
            "{name: a, command: [x]}",
            "{name: b, command: [x], args: ['${steps.a.result}', '${steps.a.result}']}"
        );
        flow.Start();
        flow.End("a", Row(9_000_000));
        Assert.Equal("failed: args: the result is longer than 16 MiB", flow.Step("b"));
        flow.Start();
        flow.End("a", Row(5_000_000, 'ä'));
        Assert.Equal(
            "failed: args: 20000007 bytes, expected at most 16777216 (16 MiB); let the step before write a file of its own, return its "
                + "path, and pass that",
            flow.Step("b")
        );
    }

    private static string Row(int length, char letter = 'x') => $"\"{new string(letter, length)}\"";

    private static ResultReference FileOf(FlowRig flow, string step) =>
        ResultReference.Read(
            flow.Sql.Scalar<string>("SELECT result_file FROM steps WHERE flow_id = ?1 AND step = ?2 AND item = -1", flow.Id, step)
        )!;
}
