using Aios.Store.Flows;

namespace Aios.Tests.Flows;

/// <summary>Questions of flows to people: each is decided once, for exactly what was shown.</summary>
public sealed class FlowApprovalTests
{
    private const string Figures = "{name: s, command: [x]}";

    private static FlowRig Asking(string more = "")
    {
        var flow = new FlowRig(
            Figures,
            $"{{name: ask, approval: 'Send ${{steps.s.result.total}}?', show: {{total: '${{steps.s.result.total}}'}}{more}}}",
            "{name: send, command: [mail]}"
        );
        flow.Start();
        flow.End("s", """{"total": 7}""");
        return flow;
    }

    [Fact]
    public void The_flow_waits_for_a_person_with_what_is_asked_and_shown()
    {
        using var flow = Asking();
        var asked = flow.Asked("ask");
        Assert.Equal(("Send 7?", ApprovalStatus.Waiting, "f"), (asked.Question, asked.Status, asked.JobName));
        Assert.Equal("""{"total":7}""", asked.ShownJson.Replace(" ", "", StringComparison.Ordinal));
        Assert.Equal(64, asked.Digest.Length);
        Assert.Equal($"waiting: waits for approval {asked.Id}", flow.Step("ask"));
        Assert.Equal("", flow.Running);
        Assert.Null(flow.Daemon.Last.NextDue);
    }

    [Fact]
    public void What_was_approved_goes_on_with_what_was_entered()
    {
        using var flow = Asking(", fields: {amount: number}");
        Assert.Equal(DecisionOutcome.Decided, flow.Decide("ask", fields: """{"amount": 5}""", comment: "fine"));
        Assert.Equal("succeeded: approved by anna: fine", flow.Step("ask"));
        Assert.Equal("""{"amount": 5}""", flow.ResultOf("ask"));
        Assert.Equal("send", flow.Running);
    }

    [Fact]
    public void What_was_rejected_fails_the_step()
    {
        using var flow = Asking();
        flow.Decide("ask", approves: false, comment: "too early");
        Assert.Equal("failed: rejected by anna: too early", flow.Step("ask"));
        Assert.Equal("failed: step ask failed: rejected by anna: too early", flow.Status);
    }

    [Fact]
    public void What_is_decided_is_decided()
    {
        using var flow = Asking();
        var digest = flow.Asked("ask").Digest;
        Assert.Equal(DecisionOutcome.Decided, flow.Decide("ask", approves: false));
        Assert.Equal(DecisionOutcome.Late, flow.Decide("ask", actor: "ben"));
        Assert.Equal(digest, flow.Asked("ask").Digest);
        Assert.Equal(ApprovalStatus.Rejected, flow.Asked("ask").Status);
    }

    [Fact]
    public void A_decision_about_something_else_does_not_count()
    {
        using var flow = Asking();
        var asked = flow.Asked("ask");
        var outcome = flow.Daemon.Connection.Write(queue =>
            queue.Approvals.Decide(asked.Id, new string('0', 64), new Decision("anna", true, flow.Daemon.Clock.GetUtcNow()))
        );
        flow.Settle();
        Assert.Equal(DecisionOutcome.Stale, outcome);
        Assert.Equal(ApprovalStatus.Waiting, flow.Asked("ask").Status);
    }

    [Fact]
    public void Two_must_approve_where_two_are_needed_and_nobody_twice()
    {
        using var flow = Asking(", need: 2");
        Assert.Equal(DecisionOutcome.Counted, flow.Decide("ask"));
        Assert.Equal(DecisionOutcome.Repeated, flow.Decide("ask"));
        Assert.StartsWith("waiting", flow.Step("ask"), StringComparison.Ordinal);
        Assert.Equal(DecisionOutcome.Decided, flow.Decide("ask", actor: "ben"));
        Assert.Equal("send", flow.Running);
    }

    [Fact]
    public void One_who_rejects_is_enough()
    {
        using var flow = Asking(", need: 3");
        flow.Decide("ask");
        Assert.Equal(DecisionOutcome.Decided, flow.Decide("ask", approves: false, actor: "ben"));
        Assert.StartsWith("failed: rejected by ben", flow.Step("ask"), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_many_who_decide_on_several_connections_exactly_one_counts()
    {
        using var flow = Asking();
        var asked = flow.Asked("ask");
        using var other = flow.Daemon.Beside("there", "");
        var outcomes = Enumerable
            .Range(0, 50)
            .Select(i =>
                (i % 2 == 0 ? flow.Daemon : other).Connection.Write(queue =>
                    queue.Approvals.Decide(asked.Id, asked.Digest, new Decision($"person {i}", i % 2 == 1, flow.Daemon.Clock.GetUtcNow()))
                )
            )
            .ToList();
        Assert.Equal(1, outcomes.Count(outcome => outcome == DecisionOutcome.Decided));
        Assert.Equal(49, outcomes.Count(outcome => outcome == DecisionOutcome.Late));
        flow.Settle();
        var decided = flow.Asked("ask");
        var only = Assert.Single(flow.Daemon.Connection.Write(queue => queue.Approvals.Decisions(asked.Id)));
        Assert.Equal(only.Approves ? ApprovalStatus.Approved : ApprovalStatus.Rejected, decided.Status);
        Assert.Equal(only.Approves ? "send" : "", flow.Running);
    }

    [Theory]
    [InlineData("", "expired", "failed: nobody decided in time")]
    [InlineData(", on_expiry: reject", "expired", "failed: nobody decided in time")]
    [InlineData(", on_expiry: approve", "approved", "succeeded: approved by itself, for nobody decided in time")]
    public void What_nobody_decides_ends_as_the_list_says(string more, string approval, string step)
    {
        using var flow = Asking(", expires: 1h" + more);
        flow.Pass(TimeSpan.FromMinutes(59));
        Assert.StartsWith("waiting", flow.Step("ask"), StringComparison.Ordinal);
        flow.Pass(TimeSpan.FromMinutes(1));
        Assert.Equal(step, flow.Step("ask"));
        Assert.Equal(approval, flow.Sql.Scalar<string>("SELECT status FROM approvals"));
        Assert.Equal(DecisionOutcome.Late, flow.Decide("ask"));
    }

    [Fact]
    public void An_approval_by_itself_brings_the_defaults()
    {
        using var flow = Asking(", expires: 1h, on_expiry: approve, fields: {amount: {type: number, default: 5}, note: text}");
        flow.Pass(TimeSpan.FromHours(1));
        Assert.Equal("""{"amount":5,"note":null}""", flow.ResultOf("ask"));
    }

    [Fact]
    public void Others_are_asked_once_and_for_as_long_again()
    {
        using var flow = Asking(", by: [anna], expires: 1h, on_expiry: escalate, escalate: [boss]");
        flow.Pass(TimeSpan.FromHours(1));
        Assert.Equal(
            ("[\"boss\"]", flow.Daemon.Clock.GetUtcNow().AddHours(1)),
            (flow.Asked("ask").ByJson, flow.Asked("ask").Expires!.Value)
        );
        Assert.StartsWith("waiting", flow.Step("ask"), StringComparison.Ordinal);
        flow.Pass(TimeSpan.FromHours(1));
        Assert.Equal("failed: nobody decided in time", flow.Step("ask"));
    }

    [Fact]
    public void A_decision_after_the_time_is_late_even_before_the_daemon_has_noticed()
    {
        using var flow = Asking(", expires: 1h");
        flow.Daemon.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal(DecisionOutcome.Late, flow.Decide("ask"));
        Assert.Equal("failed: nobody decided in time", flow.Step("ask"));
    }

    [Fact]
    public void What_was_approved_of_another_plan_is_asked_anew()
    {
        using var flow = Asking();
        var former = flow.Asked("ask");
        var other = FlowRig.List(
            "",
            Figures,
            "{name: ask, approval: 'Send ${steps.s.result.total}?', show: {total: '${steps.s.result.total}'}}",
            "{name: send, command: [rm]}"
        );
        var (plan, json) = Aios.Flows.FlowPlan.From(Jobs.Lists.Job(other));
        flow.Daemon.Connection.Write(queue =>
        {
            queue.Flows.SetPlan(flow.Id, queue.Flows.StorePlan(plan.Digest, json, flow.Daemon.Clock.GetUtcNow()));
            return true;
        });
        flow.Decide("ask");
        Assert.Equal("", flow.Running);
        var now = flow.Asked("ask");
        Assert.Equal(ApprovalStatus.Waiting, now.Status);
        Assert.True(now.Id > former.Id && now.Digest != former.Digest);
        Assert.Equal("void", flow.Sql.Scalar<string>("SELECT status FROM approvals WHERE id = ?1", former.Id));
        flow.Decide("ask");
        Assert.Equal(["rm"], ((CommandWork)flow.Take("send").Request.Job.Work).Command);
    }

    [Fact]
    public void What_was_approved_of_other_values_is_asked_anew()
    {
        using var flow = Asking();
        flow.Sql.Do("""UPDATE steps SET result = '{"total": 9000}' WHERE step = 's'""");
        flow.Decide("ask");
        Assert.Equal(("Send 9000?", ApprovalStatus.Waiting), (flow.Asked("ask").Question, flow.Asked("ask").Status));
        Assert.Equal("", flow.Running);
        flow.Decide("ask");
        Assert.Equal("send", flow.Running);
    }

    [Fact]
    public void One_that_became_void_is_asked_anew()
    {
        using var flow = Asking();
        var former = flow.Asked("ask");
        flow.Daemon.Connection.Write(queue =>
            queue.Approvals.End(former.Id, ApprovalStatus.Void, "the plan has changed", flow.Daemon.Clock.GetUtcNow())
        );
        flow.Settle();
        Assert.True(flow.Asked("ask").Id > former.Id);
        Assert.Equal(ApprovalStatus.Waiting, flow.Asked("ask").Status);
    }

    [Fact]
    public void A_retry_from_an_earlier_step_asks_again()
    {
        using var flow = Asking();
        flow.Decide("ask");
        flow.Fail("send");
        flow.Retry("s");
        flow.End("s", """{"total": 8}""");
        Assert.Equal(("Send 8?", ApprovalStatus.Waiting), (flow.Asked("ask").Question, flow.Asked("ask").Status));
        Assert.Equal("", flow.Running);
    }

    [Fact]
    public void A_retry_of_what_came_after_keeps_the_word_that_was_given()
    {
        using var flow = Asking();
        flow.Decide("ask");
        flow.Fail("send");
        flow.Retry();
        Assert.Equal("send", flow.Running);
        Assert.Equal(1, flow.Sql.Scalar<long>("SELECT count(*) FROM approvals"));
    }

    [Fact]
    public void A_retry_after_a_rejection_asks_again()
    {
        using var flow = Asking();
        flow.Decide("ask", approves: false);
        flow.Retry();
        Assert.Equal(ApprovalStatus.Waiting, flow.Asked("ask").Status);
        flow.Decide("ask");
        Assert.Equal("send", flow.Running);
    }

    [Fact]
    public void A_flow_that_is_stopped_withdraws_its_question()
    {
        using var flow = Asking();
        flow.Stop();
        Assert.Equal(ApprovalStatus.Void, flow.Asked("ask").Status);
        Assert.Equal(DecisionOutcome.Late, flow.Decide("ask"));
        Assert.StartsWith("canceled", flow.Status, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("UPDATE approvals SET status = 'approved'", "succeeded", "{}")]
    [InlineData("UPDATE approvals SET status = 'approved', result = 'no json'", "succeeded", "\"no json\"")]
    [InlineData("UPDATE approvals SET status = 'approved', result = x'ff00'", "succeeded", "\"\ufffd\\u0000\"")]
    [InlineData("UPDATE approvals SET status = 'rejected', reason = x'ff'", "failed", "")]
    [InlineData("UPDATE approvals SET status = 'expired'", "failed", "")]
    public void A_decision_by_SQL_counts_whatever_it_brings(string sql, string status, string result)
    {
        using var flow = Asking();
        flow.Sql.Do(sql);
        flow.Settle();
        Assert.StartsWith(status, flow.Step("ask"), StringComparison.Ordinal);
        Assert.Equal(result, flow.ResultOf("ask"));
        Assert.Equal(status == "succeeded" ? "send" : "", flow.Running);
    }

    [Fact]
    public void A_question_that_was_deleted_fails_the_step_and_a_retry_asks_again()
    {
        using var flow = Asking();
        flow.Sql.Do("DELETE FROM approvals");
        flow.Sql.Do("INSERT INTO flow_wakes (flow_id) VALUES (?1)", flow.Id);
        flow.Settle();
        Assert.Equal("failed: step ask failed: its question was deleted from the database", flow.Status);
        flow.Retry();
        Assert.Equal(ApprovalStatus.Waiting, flow.Asked("ask").Status);
    }
}
