using System.Text.Json;
using Aios.Daemon.Ticks;
using Aios.Flows;
using Aios.Jobs;
using Aios.Tests.Flows;

namespace Aios.Tests.Jobs;

/// <summary>Flows as the list has them, as they are written, and as they are read again.</summary>
public sealed class FlowReadingTests
{
    /// <summary>Every field of steps and every kind, and all is right.</summary>
    private const string Everything = """
        - name: nightly
          type: daily
          time: "02:00"
          timeout: 6h
          retries: 1
          env: {SHOP: bonn, TOKEN: of-the-job}
          steps:
            - name: fetch
              file: fetch.py
              function: main
              args: ["${args[0]}", 7]
              kwargs: {day: "${kwargs.day}", deep: {list: [1, null, true, 1.50]}}
              retries: 2
              backoff: [5s, 30s]
              timeout: 10m
              env: {TOKEN: of-the-step, URL: "${kwargs.url}"}
              secrets: [TOKEN]
              tags: [net]
              limits: {memory: 512M}
            - name: check
              needs: [fetch]
              set:
                rows: "${size(steps.fetch.result.rows)}"
                ok: "${steps.fetch.result.rows.all(row, row.total >= 0)}"
            - name: each_row
              needs: check
              each: "${steps.fetch.result.rows}"
              max_parallel: 4
              on_failure: continue
              command: [import, "${item.id}", "${index}"]
            - name: ask
              needs: [check, each_row]
              when: steps.check.result.rows > 0 && !(steps.each_row.status == "failed")
              approval:
                ask: "Send ${steps.check.result.rows} rows?"
                show: [steps.check.result, steps.each_row.status]
                by: [approver, anna]
                need: 2
                fields: {amount: number, city: [Bonn, Berlin], note: {type: text, label: A note, default: none}}
                expires: 3d
                on_expiry: escalate
                escalate: [admin]
            - name: send
              needs: ask
              shell: 'mail "${steps.ask.result.city}" "$HOME" ${HOME} $${x}'
              recover: [{retry: [1m, 10m]}, {with: {shell: "mail2 ${steps.ask.result.city}", timeout: 2h, env: {TOKEN: of-the-ladder}}}, {step: post}, {person: "What now?"}]
            - name: post
              image: alpine
              command: [post, "${kwargs.day}"]
            - {name: paid, needs: send, wait: {signal: "paid-${flow.id}"}, timeout: 2d}
            - {name: pause, needs: send, wait: 1h30m}
            - {name: until, needs: send, wait: "2027-01-31T09:00:00Z"}
            - {name: other, needs: [paid, pause], job: other, kwargs: {a: "${steps.paid.result}"}}
            - {name: clean, needs: [send, other], always: true, command: [rm, -rf, /tmp/x]}
        - {name: other, type: trigger, file: other.py}
        """;

    private static Job Nightly => Lists.Jobs(Everything)[0];

    [Fact]
    public void What_is_written_is_the_same_plan_when_it_is_read_again()
    {
        var written = JobJson.Write(Nightly);
        var again = Lists.Job($"[{written}]");
        Assert.Equal(written, JobJson.Write(again));
        var plan = FlowPlan.Read(written, "x")!;
        Assert.Equal(FlowPlan.From(Nightly).Plan.Digest, FlowPlan.From(plan.Job).Plan.Digest);
        var (first, second) = (FlowPlan.From(Nightly).Plan.Graph, plan.Graph);
        Assert.Equal(first.Order, second.Order);
        foreach (var (one, other) in first.Steps.Zip(second.Steps))
        {
            Assert.Equal((one.Name, one.Json, one.IsDynamic), (other.Name, other.Json, other.IsDynamic));
            Assert.Equal((one.Rules.When, one.Rules.EachJson), (other.Rules.When, other.Rules.EachJson));
            Assert.Equal(
                (one.Rules.IsAlways, one.Rules.ContinuesOnFailure, one.Job.MaxParallel),
                (other.Rules.IsAlways, other.Rules.ContinuesOnFailure, other.Job.MaxParallel)
            );
            Assert.Equal(one.Rules.Needs, other.Rules.Needs);
            Assert.Equal(Ladder.Of(one).Select(Words), Ladder.Of(other).Select(Words));
            Assert.Equal(Worded(one.Job.Work), Worded(other.Job.Work));
        }
    }

    [Fact]
    public void A_plan_does_not_depend_on_the_file_that_it_stands_in() =>
        Assert.Equal(FlowPlan.From(Nightly).Plan.Digest, FlowPlan.From(Lists.Jobs("\n# more\n" + Everything)[0]).Plan.Digest);

    [Fact]
    public void A_field_that_changes_makes_another_plan() =>
        Assert.NotEqual(
            FlowPlan.From(Nightly).Plan.Digest,
            FlowPlan.From(Lists.Jobs(Everything.Replace("need: 2", "need: 1", StringComparison.Ordinal))[0]).Plan.Digest
        );

    [Fact]
    public void Values_of_the_environment_of_steps_are_masked_also_in_the_ladder()
    {
        using var rig = new DaemonRig(Nightly);
        rig.Tick();
        var definition = rig.Sql.Scalar<string>("SELECT definition FROM device_jobs WHERE job_name = 'nightly'")!;
        var masked = JobDefinition.Masked(Nightly);
        foreach (var text in new[] { definition, masked })
        {
            Assert.DoesNotContain("of-the-", text, StringComparison.Ordinal);
            Assert.DoesNotContain("bonn", text, StringComparison.Ordinal);
            Assert.Contains("TOKEN", text, StringComparison.Ordinal);
            Assert.Contains("mail2", text, StringComparison.Ordinal);
            using var parsed = JsonDocument.Parse(text);
            Assert.Equal(11, parsed.RootElement.GetProperty("steps").GetArrayLength());
        }
    }

    [Fact]
    public void A_secret_of_a_step_that_changes_is_in_no_row_of_the_audit()
    {
        using var rig = new DaemonRig(Nightly);
        rig.Tick();
        rig.UseList(Lists.Jobs(Everything.Replace("of-the-step", "of-the-new", StringComparison.Ordinal))[0]);
        rig.Tick();
        var audit = string.Join(
            '\n',
            rig.Sql.Column("SELECT coalesce(job_name, '') || coalesce(before, '') || coalesce(after, '') FROM audit")
        );
        Assert.Contains("nightly", audit, StringComparison.Ordinal);
        Assert.DoesNotContain("of-the-", audit, StringComparison.Ordinal);
    }

    [Fact]
    public void An_approval_may_be_written_inside_or_beside()
    {
        var inside = Lists.Job(FlowRig.List("", "{name: a, approval: {ask: Send?, need: 2, expires: 1h}}"));
        var beside = Lists.Job(FlowRig.List("", "{name: a, approval: Send?, need: 2, expires: 1h}"));
        Assert.Equal(Worded(((FlowWork)beside.Work).Steps[0].Job.Work), Worded(((FlowWork)inside.Work).Steps[0].Job.Work));
    }

    [Fact]
    public void A_retry_that_is_a_number_waits_twice_as_long_each_time()
    {
        var flow = (FlowWork)Lists.Job(FlowRig.List("", "{name: a, command: [x], recover: [{retry: 8}]}")).Work;
        Assert.Equal([1, 2, 4, 8, 16, 32, 60, 60], Ladder.Of(flow.Steps[0]).Select(rung => (int)rung.Wait.TotalMinutes));
    }

    [Theory]
    [InlineData("steps.a.result.x > 1")]
    [InlineData("${steps.a.result.x > 1}")]
    [InlineData(" ${ steps.a.result.x > 1 } ")]
    public void A_condition_may_be_written_with_braces(string when)
    {
        var flow = (FlowWork)Lists.Job(FlowRig.List("", "{name: a, set: 1}", $"{{name: b, set: 1, when: '{when}'}}")).Work;
        Assert.Equal("steps.a.result.x > 1", flow.Steps[1].Rules.When);
    }

    [Fact]
    public void The_schema_knows_each_field_of_a_step_and_no_other()
    {
        var step = JsonDocument.Parse(JobListSchema.Write()).RootElement.GetProperty("$defs").GetProperty("step");
        var fields = StepFields.Instance.All.SelectMany(field => field.Names).ToArray();
        Assert.Equal(fields, step.GetProperty("properties").EnumerateObject().Select(property => property.Name));
        Assert.Equal(JsonValueKind.False, step.GetProperty("additionalProperties").ValueKind);
        Assert.DoesNotContain("type", fields);
        Assert.DoesNotContain("notify", fields);
        Assert.All(step.GetProperty("properties").EnumerateObject(), property =>
            Assert.EndsWith(".", property.Value.GetProperty("description").GetString(), StringComparison.Ordinal)
        );
        Assert.Equal("#/$defs/step", Properties("steps").GetProperty("items").GetProperty("$ref").GetString());
    }

    [Fact]
    public void The_examples_of_the_fields_of_steps_load()
    {
        foreach (
            var field in StepFields.Instance.All.Where(field =>
                field.Name is not ("needs" or "python" or "preload") && !field.Example.Contains("steps.", StringComparison.Ordinal)
            )
        )
        {
            var errors = Lists.Errors(FlowRig.List("", "{name: fetch, set: 1}", $"{{{Example(field)}}}"));
            Assert.True(errors.Length == 0, $"{field.Name}: {string.Join('\n', errors)}");
        }
    }

    private static string Example(JobField field)
    {
        var example = $"{field.Name}: {field.Example}";
        var name = field.Name == "name" ? "" : "name: a, ";
        var expires = field.Name is "on_expiry" or "escalate" ? "expires: 1h, " : "";
        var escalates = field.Name == "escalate" ? "on_expiry: escalate, " : "";
        if (ApprovalKind.Instance.Fields.Contains(field) && field.Name != "approval")
            return $"{name}approval: Send?, {expires}{escalates}{example}";
        if (LlmKind.Instance.Fields.Contains(field) && field != LlmKind.Instance.Key)
            return $"{name}llm: hello, {LlmFieldTests.NeededBy(field)}{example}";
        if (field.Name == "max_parallel")
            return $"{name}command: [x], each: [1], {example}";
        if (PlaceKinds.All.Any(place => place.Fields.Contains(field) && place.Key is not null && field != place.Key))
            return $"{name}command: [x], image: alpine, {example}";
        if (StepFields.Instance.Works.Any(work => work.Key == field))
            return name + example;
        if (StepFields.Instance.Works.Any(work => work.Fields.Contains(field)))
            return $"{name}file: a.py, {example}";
        return field.Name == "name" ? $"{example}, command: [x]" : $"{name}command: [x], {example}";
    }

    private static JsonElement Properties(string field) =>
        JsonDocument
            .Parse(JobListSchema.Write())
            .RootElement.GetProperty("$defs")
            .GetProperty("fields")
            .GetProperty("properties")
            .GetProperty(field);

    private static string Words(LadderRung rung) =>
        $"{rung.Recovery.Word} {rung.Wait} {(rung.Recovery as RecoveryRung.With)?.Step?.Json} "
        + $"{(rung.Recovery as RecoveryRung.Person)?.Question}";

    private static string Worded(JobWork work) =>
        work switch
        {
            ApprovalWork approval => $"{approval.Question} {approval.ShowJson} {string.Join(',', approval.By)} {approval.Need} "
                + $"{approval.Expires} {approval.OnExpiry} {string.Join(',', approval.Escalate)} "
                + string.Join(',', approval.Fields.Select(Worded)),
            CommandWork command => string.Join('\0', command.Command),
            _ => $"{work}",
        };

    private static string Worded(ApprovalField field) =>
        $"{field.Name} {field.Type} {string.Join('|', field.Choices)} {field.Label} {field.DefaultJson}";
}
