using Aios.Store;
using Aios.Store.Flows;
using Aios.Store.Pruning;
using Aios.Store.Results;
using Aios.Store.Runs;

namespace Aios.Tests.Store.Contract;

/// <summary>Flows, their steps, signals, and what people are asked.</summary>
public abstract class FlowContract<TFixture> : StoreContract<TFixture>
    where TFixture : IStoreFixture, new()
{
    [Fact]
    public void A_plan_is_kept_once()
    {
        var (one, two) = (In(store => store.Flows.StorePlan("a", "{}", Now)), In(store => store.Flows.StorePlan("b", "[]", Now)));
        Assert.Equal(one, In(store => store.Flows.StorePlan("a", "{}", Now.AddHours(1))));
        Assert.NotEqual(one, two);
        Assert.Equal(("[]", null), In(store => (store.Flows.Plan(two), store.Flows.Plan(99))));
    }

    [Fact]
    public void A_flow_waits_runs_ends_and_begins_again()
    {
        var flow = Begin();
        Assert.Equal("running", Summary(flow).Status);
        Assert.Equal("plan", In(store => store.Flows.Find(flow))!.PlanDigest);
        Put(
            new StepRecord(flow, "ask", StepRecord.Whole)
            {
                Status = StepStatus.Waiting,
                Reason = "waits for approval 1",
                Started = Now,
            }
        );
        Assert.Equal(("waiting", "ask waits for approval 1"), (Summary(flow).Status, Summary(flow).WaitsFor));
        Assert.Equal([flow], Read(reader => reader.OpenFlows("job", 10)));
        In(store => store.Flows.SetEnding(flow, "was canceled on request"));
        Assert.Equal("was canceled on request", Summary(flow).Reason);
        Assert.False(In(store => store.Flows.Reopen(flow, null)));
        End(flow, RunStatus.Canceled, "enough");
        Assert.Equal(("canceled", "enough", Now.AddMinutes(1)), (Summary(flow).Status, Summary(flow).Reason, Summary(flow).Ended));
        Assert.Empty(Read(reader => reader.OpenFlows("job", 10)));
        Assert.True(In(store => store.Flows.Reopen(flow, "ask")));
        Assert.False(In(store => store.Flows.Reopen(flow, "ask")));
        Assert.Equal(("queued", "ask"), (Summary(flow).Status, In(store => store.Flows.Find(flow))!.RestartFrom));
    }

    [Fact]
    public void Pages_of_flows_are_filtered_by_job_and_status()
    {
        var (one, two, three) = (Begin(), Begin("other"), Begin());
        End(one, RunStatus.Failed, "no");
        Assert.Equal([three, two, one], Ids(new RowFilter()));
        Assert.Equal([three, one], Ids(new RowFilter { JobName = "job" }));
        Assert.Equal([one], Ids(new RowFilter { Status = RunStatus.Failed }));
        Assert.Equal([two], Ids(new RowFilter { JobPatterns = ["oth*"] }));
        var first = Read(reader => reader.FlowPage(new RowFilter(), null, 2));
        Assert.Equal([one], Read(reader => reader.FlowPage(new RowFilter(), first.Next, 2)).Items.Select(flow => flow.Id));

        IEnumerable<long> Ids(RowFilter filter) => Read(reader => reader.FlowPage(filter, null, 10)).Items.Select(flow => flow.Id);
    }

    [Fact]
    public void The_steps_of_a_flow_are_read_with_what_runs_for_them()
    {
        var flow = Begin();
        var trigger = In(store => store.Triggers.Add(New("job/check") with { FlowId = flow }))!.Value;
        var run = Start(trigger, "job/check");
        Put(
            new StepRecord(flow, "check", StepRecord.Whole)
            {
                TriggerId = trigger,
                Attempt = 1,
                Started = Now,
                ResultJson = new string('1', 70_000),
            }
        );
        Put(new StepRecord(flow, "check", 0) { Started = Now });
        var step = Assert.Single(Read(reader => reader.Flow(flow))!.Steps);
        Assert.Equal((run, 1, "running", 70_000L), (step.RunId, step.Runs, step.TriggerStatus, step.ResultBytes));
        Assert.Null(step.Step.ResultJson);
        Assert.Equal((flow, flow), (Trigger(trigger).FlowId, Run(run).FlowId));
        Assert.Null(Read(reader => reader.Flow(99)));
    }

    [Fact]
    public void A_result_may_be_in_a_file()
    {
        var flow = Begin();
        var file = new ResultReference("results/a-1.json", 2_000_000, "abc");
        var trigger = In(store => store.Triggers.Add(New("job/load") with { FlowId = flow }))!.Value;
        var run = Start(trigger, "job/load");
        In(store =>
        {
            store.Runs.End(run, new RunEnd(RunStatus.Succeeded, Now) { ResultFile = file });
            store.Triggers.Close(trigger, RunStatus.Succeeded, null, Now);
        });
        Assert.Equal((null, file), (Run(run).ResultJson, Run(run).ResultFile));
        Assert.Equal(new TriggerEnd("succeeded", null, null, file), In(store => store.Flows.EndOf(trigger)));
        Put(new StepRecord(flow, "load", StepRecord.Whole) { Started = Now, ResultFile = file });
        Put(new StepRecord(flow, "load", 0) { Started = Now, ResultFile = file with { Path = "results/a-2.json" } });
        Assert.Equal(file, Assert.Single(In(store => store.Flows.Steps(flow))).ResultFile);
        Assert.Equal("results/a-2.json", Assert.Single(In(store => store.Flows.Results(flow, "load", 0, 9))).File!.Path);
        var step = Assert.Single(Read(reader => reader.Flow(flow))!.Steps);
        Assert.Equal((file, file.Bytes), (step.Step.ResultFile, step.ResultBytes));
        Assert.Equal(["results/a-1.json", "results/a-2.json"], In(store => store.History.ResultFiles()).Order());
    }

    [Fact]
    public void A_kill_of_a_flow_is_noted_and_may_be_asked_again()
    {
        var flow = Begin();
        var run = In(store => store.Flows.Find(flow)!.RunId);
        Assert.Null(In(store => store.Flows.StopRequest(run)));
        for (var times = 0; times < 2; times++)
        {
            In(store => store.Runs.RequestStop(run, StopRequest.Kill));
            Assert.Equal(StopRequest.Kill, In(store => store.Flows.StopRequest(run)));
            In(store => store.Flows.NoteKill(run));
            Assert.Null(In(store => store.Flows.StopRequest(run)));
        }

        Assert.True(In(store => store.Runs.End(run, new RunEnd(RunStatus.Canceled, Now))));
    }

    [Fact]
    public void An_old_signal_that_no_flow_may_take_is_removed_with_the_history()
    {
        var old = In(store => store.Flows.Send("paid", null, "1", Now.AddDays(-1)));
        Assert.True(old > 0);
        var flow = Begin();
        In(store => store.Flows.Send("paid", null, "2", Now));
        var place = PruneCursor.Start;
        for (var steps = 0; place.Stage != PruneStage.Done && steps < 100; steps++)
            place = In(store => store.History.Prune(new PruneCutoffs(Now.AddDays(1), Now, null, null), place, TimeProvider.System)).Place;
        Assert.Equal(
            "2",
            In(store => store.Flows.Signal("paid", store.Flows.Find(flow)! with { Started = Now.AddDays(-2) }))!.Value.DataJson
        );
    }

    [Fact]
    public void Items_are_read_in_their_order_with_what_runs_for_them()
    {
        var flow = Begin();
        var trigger = In(store => store.Triggers.Add(New("job/load") with { FlowId = flow }))!.Value;
        var run = Start(trigger, "job/load");
        Put(new StepRecord(flow, "load", StepRecord.Whole) { Started = Now });
        Put(
            new StepRecord(flow, "load", 2)
            {
                Status = StepStatus.Failed,
                Reason = "exit status 1",
                Started = Now,
            }
        );
        Put(new StepRecord(flow, "load", 0) { Status = StepStatus.Failed, Started = Now });
        Put(
            new StepRecord(flow, "load", 1)
            {
                TriggerId = trigger,
                Attempt = 1,
                Started = Now,
            }
        );
        Put(new StepRecord(flow, "other", 0) { Started = Now });
        Assert.Equal([0, 1, 2], Items(null, 0, 9));
        Assert.Equal([0, 1], Items(null, 0, 2));
        Assert.Equal([2], Items(StepStatus.Failed, 1, 9));
        Assert.Empty(Items(null, 3, 9));
        var going = Assert.Single(Read(reader => reader.FlowItems(flow, "load", StepStatus.Running, 0, 9)));
        Assert.Equal((run, 1, "running"), (going.RunId, going.Attempts, going.TriggerStatus));

        IEnumerable<int> Items(StepStatus? status, int from, int limit) =>
            Read(reader => reader.FlowItems(flow, "load", status, from, limit)).Select(item => item.Step.Item);
    }

    [Fact]
    public void Items_that_have_succeeded_outlast_those_that_have_not()
    {
        var flow = Begin();
        StepStatus[] each = [StepStatus.Succeeded, StepStatus.Failed, StepStatus.Canceled, StepStatus.Succeeded];
        Put(new StepRecord(flow, "load", StepRecord.Whole) { Status = StepStatus.Failed, Started = Now });
        for (var item = 0; item < each.Length; item++)
            Put(new StepRecord(flow, "load", item) { Status = each[item], Started = Now });
        Put(new StepRecord(flow, "other", 0) { Status = StepStatus.Failed, Started = Now });
        In(store => store.Flows.ForgetUnfinishedItems(flow, "load"));
        Assert.Equal([0, 3], In(store => store.Flows.Results(flow, "load", 0, 9)).Select(row => row.Item));
        Assert.Single(In(store => store.Flows.Steps(flow)));
        Assert.Single(In(store => store.Flows.Results(flow, "other", 0, 9)));
    }

    [Fact]
    public void A_signal_wakes_those_who_wait_and_is_had_once()
    {
        var (one, two) = (Begin(), Begin());
        foreach (var flow in (long[])[one, two])
            Put(
                new StepRecord(flow, "paid", StepRecord.Whole)
                {
                    Status = StepStatus.Waiting,
                    Signal = "paid",
                    Started = Now,
                }
            );
        Assert.Equal(
            (2, 1, 0),
            In(store =>
                (store.Flows.CountWaiting("paid", null), store.Flows.CountWaiting("paid", one), store.Flows.CountWaiting("no", null))
            )
        );
        In(store => store.Flows.TakeWakes(one));
        In(store => store.Flows.TakeWakes(two));
        var id = In(store => store.Flows.Send("paid", two, "7", Now));
        Assert.Equal([two], In(store => store.Flows.Woken(10)));
        Assert.Null(In(store => store.Flows.Signal("paid", store.Flows.Find(one)!)));
        Assert.Equal((id, "7"), In(store => store.Flows.Signal("paid", store.Flows.Find(two)!)));
        Put(
            new StepRecord(two, "paid", StepRecord.Whole)
            {
                Status = StepStatus.Succeeded,
                SignalId = id,
                Started = Now,
                Ended = Now,
            }
        );
        Assert.Null(In(store => store.Flows.Signal("paid", store.Flows.Find(two)!)));
    }

    [Fact]
    public void Time_moves_a_flow_on_by_its_own_end_and_by_those_of_its_steps()
    {
        var (one, two) = (Begin(), Begin());
        Put(
            new StepRecord(two, "pause", StepRecord.Whole)
            {
                Status = StepStatus.Waiting,
                Started = Now,
                Due = Now.AddMinutes(1),
            }
        );
        In(store => store.Flows.Put(store.Flows.Find(one)! with { Due = Now.AddMinutes(2) }));
        Assert.Empty(In(store => store.Flows.Due(Now, 10)));
        Assert.Equal([two], In(store => store.Flows.Due(Now.AddMinutes(1), 10)));
        Assert.Equal([one, two], In(store => store.Flows.Due(Now.AddMinutes(3), 10)));
        Assert.Equal(Now.AddMinutes(1), In(store => store.Flows.Calendar()).Due);
    }

    [Fact]
    public void What_woke_the_first_flows_is_taken_at_once()
    {
        var (one, two) = (Begin(), Begin());
        var ended = In(store => store.Triggers.Add(New("job/a") with { FlowId = two }))!.Value;
        In(store => store.Flows.Wake(one));
        In(store => store.Triggers.Close(ended, RunStatus.Succeeded, null, Now));
        In(store => store.Flows.Wake(one));
        Assert.True(In(store => store.Flows.IsAnyWoken()));
        Assert.Equal([one], In(store => store.Flows.TakeFirstWakes(1)).Keys);
        var taken = In(store => store.Flows.TakeFirstWakes(2));
        Assert.Equal([two, one], taken.Keys);
        Assert.Equal([ended], taken[two]);
        Assert.Empty(taken[one]);
        Assert.Empty(In(store => store.Flows.TakeFirstWakes(2)));
        Assert.False(In(store => store.Flows.IsAnyWoken()));
    }

    [Fact]
    public void A_step_is_found_by_its_trigger_until_it_ends()
    {
        var flow = Begin();
        var row = new StepRecord(flow, "a", StepRecord.Whole)
        {
            TriggerId = 77,
            Rung = 2,
            Started = Now,
        };
        Put(row);
        Put(new StepRecord(flow, "a", 3) { TriggerId = 78, Started = Now });
        var place = In(store => store.Flows.PlaceOf(77))!;
        Assert.Equal((flow, "a", StepRecord.Whole, 2, "plan"), (place.FlowId, place.Step, place.Item, place.Rung, place.PlanDigest));
        Assert.Equal(3, In(store => store.Flows.PlaceOf(78))!.Item);
        Assert.Null(In(store => store.Flows.PlaceOf(79)));
        Assert.Equal(new StepStanding("a", StepStatus.Running, 77), Assert.Single(In(store => store.Flows.Begun(flow))));

        row = row with { Status = StepStatus.Succeeded, Reason = "well", ResultJson = "7", Ended = Now.AddMinutes(1) };
        In(store => store.Flows.End(row));
        Assert.Equal(row, In(store => store.Flows.Step(flow, "a", StepRecord.Whole)));
        Assert.Null(In(store => store.Flows.PlaceOf(77)));
        In(store => store.Flows.End(flow, Now));
        Assert.Null(In(store => store.Flows.PlaceOf(78)));
    }

    [Fact]
    public void Of_several_decisions_the_first_counts()
    {
        var flow = Begin();
        In(store => store.Flows.TakeWakes(flow));
        var id = Ask(
            new ApprovalRecord(0, ApprovalKinds.Step, "Send?", "{}", "abc")
            {
                FlowId = flow,
                Step = "ask",
                JobName = "job",
            }
        );
        Assert.Equal(DecisionOutcome.Stale, Decide(id, "abd", "ada"));
        Assert.Equal(DecisionOutcome.Decided, Decide(id, "ABC", "ada"));
        Assert.Equal(DecisionOutcome.Late, Decide(id, "abc", "eve"));
        Assert.False(In(store => store.Approvals.End(id, ApprovalStatus.Expired, "late", Now)));
        var approval = Read(reader => reader.Approval(id))!;
        Assert.Equal(
            (ApprovalStatus.Approved, "approved by ada: fine", "{\"a\":1}"),
            (approval.Status, approval.Reason, approval.ResultJson)
        );
        Assert.Equal("ada", Assert.Single(Read(reader => reader.Decisions(id))).Actor);
        Assert.Equal([flow], In(store => store.Flows.Woken(10)));
    }

    [Fact]
    public void Two_people_are_needed_where_two_are_asked_for()
    {
        var id = Ask(new ApprovalRecord(0, ApprovalKinds.Step, "Send?", "{}", "abc") { Need = 2 });
        Assert.Equal(DecisionOutcome.Counted, Decide(id, "abc", "ada"));
        Assert.Equal(DecisionOutcome.Repeated, Decide(id, "abc", "ada"));
        Assert.Equal(DecisionOutcome.Decided, Decide(id, "abc", "eve"));
        Assert.Equal(2, Read(reader => reader.Decisions(id)).Count);
    }

    [Fact]
    public void What_is_late_does_not_count()
    {
        var id = Ask(new ApprovalRecord(0, ApprovalKinds.Step, "Send?", "{}", "abc") { Expires = Now });
        Assert.Equal(DecisionOutcome.Late, Decide(id, "abc", "ada"));
        Assert.Equal([id], In(store => store.Approvals.Overdue(Now, 10)).Select(approval => approval.Id));
        Assert.True(In(store => store.Approvals.Escalate(id, "[\"admin\"]", Now.AddHours(1), "escalated")));
        Assert.Equal(DecisionOutcome.Decided, Decide(id, "abc", "ada"));
        Assert.False(In(store => store.Approvals.Escalate(id, "[]", Now.AddHours(2), "escalated")));
    }

    [Fact]
    public void Those_that_wait_are_found_among_all()
    {
        var flow = Begin();
        var one = Ask(
            new ApprovalRecord(0, ApprovalKinds.Step, "One?", "{}", "a")
            {
                FlowId = flow,
                Step = "one",
                JobName = "job",
            }
        );
        var two = Ask(
            new ApprovalRecord(0, ApprovalKinds.Step, "Two?", "{}", "b")
            {
                FlowId = flow,
                Step = "two",
                JobName = "job",
            }
        );
        Decide(one, "a", "ada");
        Assert.Equal(
            [two, one],
            Read(reader => reader.ApprovalPage(new RowFilter(), null, null, 10)).Items.Select(approval => approval.Id)
        );
        Assert.Equal(
            [two],
            Read(reader => reader.ApprovalPage(new RowFilter(), ApprovalStatus.Waiting, null, 10)).Items.Select(approval => approval.Id)
        );
        Assert.Empty(Read(reader => reader.ApprovalPage(new RowFilter { JobPatterns = ["other"] }, null, null, 10)).Items);
        Assert.Equal([two], In(store => store.Approvals.WaitingOf(flow)).Select(approval => approval.Id));
        Assert.Null(Read(reader => reader.Approval(99)));
    }

    private void Put(StepRecord step) => In(store => store.Flows.Put(step));

    private FlowSummary Summary(long id) => Read(reader => reader.Flow(id))!.Summary;

    private long Begin(string job = "job")
    {
        var trigger = Enqueue(job);
        var run = Start(trigger, job, boot: IRuns.FlowBoot);
        In(store =>
            store.Flows.Put(new FlowRecord(trigger, run, job, store.Flows.StorePlan("plan", "{}", Now), "[]", "{}") { Started = Now })
        );
        return trigger;
    }

    private void End(long flow, RunStatus status, string reason) =>
        In(store =>
        {
            store.Flows.End(flow, Now.AddMinutes(1));
            store.Runs.End(store.Flows.Find(flow)!.RunId, new RunEnd(status, Now.AddMinutes(1)) { Reason = reason });
            store.Triggers.Close(flow, status, reason, Now.AddMinutes(1));
        });
}
