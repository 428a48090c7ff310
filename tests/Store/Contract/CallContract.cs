using Aios.Store;
using Aios.Store.Models;

namespace Aios.Tests.Store.Contract;

/// <summary>Calls to language models, and what budgets have given out.</summary>
public abstract class CallContract<TFixture> : StoreContract<TFixture>
    where TFixture : IStoreFixture, new()
{
    private const string Boot = "boot";

    private static readonly CallRecord Call = new(1, 1, Now, "default", "chat", CallOutcome.Ok)
    {
        Attempt = 2,
        RunId = 7,
        FlowId = 5,
        JobName = "report",
        Model = "small",
        Provider = "local",
        WhyJson = "{\"strategy\":\"order\"}",
        Tokens = new(10, 20, 30, 40, 50, 1),
        PriceJson = "{\"input\":1}",
        Cost = 0.25m,
        Reserved = 0.5m,
        FirstToken = TimeSpan.FromSeconds(0.25),
        Duration = TimeSpan.FromSeconds(2),
        Request = "{}",
        Response = "Hello",
        Confidence = 0.75,
        ProviderRequest = "req_1",
        ResponseId = "chatcmpl-1",
        DrawnJson = """[["all","2026-03 "]]""",
        Charged = 250_000_000,
    };

    [Fact]
    public void Numbers_are_given_out_once()
    {
        var first = In(store => store.Calls.TakeNumbers(10, Now));
        Assert.Equal(first + 10, In(store => store.Calls.TakeNumbers(1, Now)));
        In(store => store.Calls.Add(Call with { Id = first + 100 }, Boot));
        Assert.Equal(first + 101, In(store => store.Calls.TakeNumbers(1, Now)));
    }

    [Fact]
    public void A_call_is_read_as_it_was_written()
    {
        In(store => store.Calls.Add(Call, Boot));
        Assert.Equal([Call], Read(reader => reader.Calls.Page(new RowFilter(), new CallFilter(), null, 10)).Items);
    }

    [Fact]
    public void All_attempts_of_a_call_are_found_by_any_of_them()
    {
        Add(
            Call with
            {
                Id = 1,
                Outcome = CallOutcome.Failed,
                Reason = "status 500",
            },
            Call with
            {
                Id = 2,
            },
            Call with
            {
                Id = 3,
                Call = 3,
            }
        );
        Assert.Equal([1, 2], Read(reader => reader.Calls.Attempts(2)).Select(call => call.Id));
        Assert.Empty(Read(reader => reader.Calls.Attempts(9)));
    }

    [Fact]
    public void The_confidence_is_that_of_the_answer()
    {
        var plain = Call with { Confidence = null };
        Add(plain with { Id = 1, Outcome = CallOutcome.Failed }, plain with { Id = 2 });
        In(store => store.Calls.SetConfidence(1, "small", 0.75, "{\"checks\":[]}"));
        var attempts = Read(reader => reader.Calls.Attempts(1));
        Assert.Equal([null, 0.75], attempts.Select(call => call.Confidence));
        Assert.Equal([null, "{\"checks\":[]}"], attempts.Select(call => call.VerificationJson));
    }

    [Fact]
    public void Calls_are_listed_by_what_they_have()
    {
        Add(
            Call with
            {
                Id = 1,
            },
            Call with
            {
                Id = 2,
                RunId = 8,
                JobName = "other",
                Model = "large",
            },
            Call with
            {
                Id = 3,
                RunId = null,
                FlowId = null,
                JobName = null,
                Caller = "key ops",
                Route = "planner",
                Outcome = CallOutcome.Unknown,
            }
        );
        Assert.Equal([2], Ids(new CallFilter { RunId = 8 }));
        Assert.Equal([2, 1], Ids(new CallFilter { FlowId = 5 }));
        Assert.Equal([2], Ids(new CallFilter { Model = "large" }));
        Assert.Equal([3], Ids(new CallFilter { Route = "planner" }));
        Assert.Equal([3], Ids(new CallFilter { Outcome = CallOutcome.Unknown }));
        Assert.Equal([3, 2, 1], Ids(new CallFilter()));
        Assert.Equal(
            [1],
            Read(reader => reader.Calls.Page(new RowFilter { JobName = "report" }, new CallFilter(), null, 10))
                .Items.Select(call => call.Id)
        );
    }

    [Fact]
    public void What_was_sent_is_added_up()
    {
        Add(
            Call with
            {
                Id = 1,
            },
            Call with
            {
                Id = 2,
                Outcome = CallOutcome.Unknown,
                Created = Now.AddDays(1),
            },
            Call with
            {
                Id = 3,
                Outcome = CallOutcome.Refused,
                Cost = 9,
            }
        );
        var total = Assert.Single(Read(reader => reader.Calls.Totals(CallGroup.Model, new RowFilter(), new CallFilter())));
        Assert.Equal(new CallTotal("small", 2, 160, 140, 0.5m, 0.25m), total);
        Assert.Equal(["2026-03-02", "2026-03-03"], Totals(CallGroup.Day, new RowFilter()).Select(day => day.Name));
        Assert.Equal("report", Assert.Single(Totals(CallGroup.Job, new RowFilter { Since = Now.AddHours(1) })).Name);
        Assert.Equal("default", Assert.Single(Totals(CallGroup.Route, new RowFilter { Until = Now.AddHours(1) })).Name);
        Assert.Equal("local", Assert.Single(Totals(CallGroup.Provider, new RowFilter())).Name);
    }

    [Fact]
    public void What_some_jobs_have_cost_is_added_up_by_itself()
    {
        Add(
            Call with
            {
                Id = 1,
            },
            Call with
            {
                Id = 2,
                JobName = "report/draft",
            },
            Call with
            {
                Id = 3,
                JobName = "other",
            },
            Call with
            {
                Id = 4,
                JobName = null,
                RunId = null,
            }
        );
        Assert.Equal(["", "other", "report", "report/draft"], Totals(CallGroup.Job, new RowFilter()).Select(total => total.Name));
        Assert.Equal(
            ["report", "report/draft"],
            Totals(CallGroup.Job, new RowFilter { JobPatterns = ["rep*"] }).Select(total => total.Name)
        );
        Assert.Equal(0.25m, Assert.Single(Totals(CallGroup.Model, new RowFilter { JobName = "other" })).Cost);
        Assert.Equal(3, Assert.Single(Totals(CallGroup.Model, new RowFilter(), new CallFilter { RunId = 7 })).Calls);
        Assert.Empty(Totals(CallGroup.Model, new RowFilter(), new CallFilter { RunId = 8 }));
        Assert.Empty(Totals(CallGroup.Model, new RowFilter(), new CallFilter { FlowId = 6 }));
        Assert.Equal(
            [2, 1],
            Read(reader => reader.Calls.Page(new RowFilter { JobPatterns = ["rep*"] }, new CallFilter(), null, 10))
                .Items.Select(call => call.Id)
        );
    }

    [Fact]
    public void A_budget_gives_out_no_more_than_its_limit()
    {
        Assert.Equal(60, In(store => store.Calls.Take("all", "2026-03 ", 100, 10, 60, Boot, Now)));
        Assert.Equal(0, In(store => store.Calls.Take("all", "2026-03 ", 100, 41, 60, Boot, Now)));
        Assert.Equal(40, In(store => store.Calls.Take("all", "2026-03 ", 100, 40, 60, Boot, Now)));
        Assert.Equal(0, In(store => store.Calls.Take("all", "2026-03 ", 100, 1, 1, Boot, Now)));
        Assert.Equal(10, In(store => store.Calls.Take("all", "2026-04 ", 100, 10, 1, Boot, Now)));
        In(store => store.Calls.GiveBack("all", "2026-03 ", 30, Boot, Now.AddSeconds(1)));
        Assert.Equal(30, In(store => store.Calls.Take("all", "2026-03 ", 100, 1, 60, Boot, Now.AddSeconds(2))));
        var used = Read(reader => reader.Calls.BudgetUses("all", "2026-0", 10));
        Assert.Equal(["2026-03 ", "2026-04 "], used.Select(use => use.Key));
        Assert.Equal(Nanodollars.ToDollars(100), used[0].Amount);
        Assert.Equal("2026-03 ", Assert.Single(Read(reader => reader.Calls.BudgetUses("all", "2026-0", 1))).Key);
        Assert.Equal("2026-04 ", Assert.Single(Read(reader => reader.Calls.BudgetUses("all", "2026-04 ", 10))).Key);
        Assert.Empty(Read(reader => reader.Calls.BudgetUses("other", "2026-0", 10)));
    }

    [Fact]
    public void What_people_allow_is_given_out_beyond_the_limit()
    {
        Assert.Equal(default, In(store => store.Calls.AllowanceOf("all", "2026-03 ")));
        In(store => store.Calls.Ask("all", "2026-03 ", 7, Now));
        Assert.Equal(new BudgetAllowance(0, 0, 7), In(store => store.Calls.AllowanceOf("all", "2026-03 ")));
        Assert.Equal(100, In(store => store.Calls.Take("all", "2026-03 ", 100, 100, 100, Boot, Now)));
        In(store => store.Calls.Allow("all", "2026-03 ", 50, Now));
        Assert.Equal(new BudgetAllowance(100, 50, null), In(store => store.Calls.AllowanceOf("all", "2026-03 ")));
        Assert.Equal(50, In(store => store.Calls.Take("all", "2026-03 ", 100, 1, 100, Boot, Now)));
        Assert.Equal(0, In(store => store.Calls.Take("all", "2026-03 ", 100, 1, 100, Boot, Now)));
        Assert.Equal(Nanodollars.ToDollars(50), Assert.Single(Read(reader => reader.Calls.BudgetUses("all", "2026-03 ", 10))).Allowed);
    }

    [Fact]
    public void What_a_call_did_cost_is_entered_and_its_budgets_follow()
    {
        In(store => store.Calls.Take("all", "2026-03 ", 1_000_000_000, 600_000_000, 1, Boot, Now));
        In(store => store.Calls.Take("other", "2026-03 ", 1_000_000_000, 600_000_000, 1, Boot, Now));
        Add(Call with { Outcome = CallOutcome.Unknown });
        Assert.Equal(0.25m, UseOf("all").Unknown);
        Assert.Equal(0, In(store => store.Calls.Reconciliations()));

        In(store => store.Calls.Reconcile(1, 100_000_000, "user ada", Now.AddHours(1)));
        var call = Assert.Single(In(store => store.Calls.Attempts(1)));
        Assert.Equal((0.1m, 0.25m, "user ada", Now.AddHours(1)), (call.Cost, call.FormerCost, call.ReconciledBy, call.Reconciled));
        Assert.Equal((CallOutcome.Unknown, 100_000_000), (call.Outcome, call.Charged));
        Assert.Equal((0.45m, 0m), (UseOf("all").Amount, UseOf("all").Unknown));
        Assert.Equal(0.6m, UseOf("other").Amount);
        var total = Assert.Single(Totals(CallGroup.Model, new RowFilter()));
        Assert.Equal((0.1m, 0m), (total.Cost, total.UnknownCost));

        // What it had cost at first stays known.
        In(store => store.Calls.Reconcile(1, 700_000_000, "key ops", Now.AddHours(2)));
        Assert.Equal(0.25m, Assert.Single(In(store => store.Calls.Attempts(1))).FormerCost);
        Assert.Equal(1.05m, UseOf("all").Amount);
        Assert.Equal(2, In(store => store.Calls.Reconciliations()));
        Assert.Empty(In(store => store.Calls.Attempts(9)));
    }

    [Fact]
    public void A_call_of_no_budget_is_reconciled_as_well()
    {
        In(store => store.Calls.Take("all", "2026-03 ", 1_000_000_000, 600_000_000, 1, Boot, Now));
        Add(Call with { DrawnJson = null, Charged = null });
        In(store => store.Calls.Reconcile(1, 0, "user ada", Now));
        Assert.Equal((0m, null), (In(store => store.Calls.Attempts(1))[0].Cost, In(store => store.Calls.Attempts(1))[0].Charged));
        Assert.Equal(0.6m, UseOf("all").Amount);
    }

    [Fact]
    public void What_a_daemon_holds_is_lost_once_it_does_not_run()
    {
        In(store => store.Devices.Register(Device("here")));
        In(store => store.Calls.Take("all", "2026-03 ", 1_000_000_000, 600_000_000, 1, Boot, Now));
        In(store => store.Calls.GiveBack("all", "2026-03 ", 100_000_000, Boot, Now));
        Add(Call);
        Assert.Equal((0.5m, 0.25m, 0m), (UseOf("all").Amount, UseOf("all").Held, UseOf("all").Lost));
        Assert.Empty(In(store => store.Calls.LostAmounts()));
        In(store => store.Calls.GiveBackLost(Now));
        Assert.Equal(0.5m, UseOf("all").Amount);

        In(store => store.Devices.Register(Device("here", "next")));
        Assert.Equal((0m, 0.25m), (UseOf("all").Held, UseOf("all").Lost));
        Assert.Equal([new LostAmount("all", "2026-03 ", 250_000_000)], In(store => store.Calls.LostAmounts()));
        In(store => store.Calls.GiveBackLost(Now));
        Assert.Equal((0.25m, 0m), (UseOf("all").Amount, UseOf("all").Lost));
        Assert.Empty(In(store => store.Calls.LostAmounts()));

        // A call that is written down only now is counted all the same.
        Add(Call with { Id = 2, Call = 2 });
        Assert.Equal(-0.25m, UseOf("all").Lost);
        In(store => store.Calls.GiveBackLost(Now));
        Assert.Equal(0.5m, UseOf("all").Amount);
    }

    [Fact]
    public void Calls_are_found_by_the_ids_of_their_provider()
    {
        Add(
            Call,
            Call with
            {
                Id = 2,
                Provider = "other",
            },
            Call with
            {
                Id = 3,
                ProviderRequest = null,
                ResponseId = "chatcmpl-3",
            },
            Call with
            {
                Id = 4,
                Outcome = CallOutcome.Refused,
            }
        );
        Assert.Equal(
            [1, 3],
            Read(reader => reader.Calls.OfProvider("local", """["req_1", "chatcmpl-3", "req_1", "x"]""")).Select(call => call.Id)
        );
        Assert.Empty(Read(reader => reader.Calls.OfProvider("local", "[]")));
    }

    [Fact]
    public void The_flow_of_a_trigger_is_known()
    {
        var trigger = Enqueue();
        Assert.Null(Read(reader => reader.Calls.FlowOf(trigger)));
    }

    [Fact]
    public void The_trace_of_a_run_follows_from_its_trigger()
    {
        var trigger = In(store => store.Triggers.Add(New() with { TraceParent = "00-a-b-01" }))!.Value;
        var run = Start(trigger);
        Assert.Equal((trigger, "00-a-b-01"), Read(reader => reader.Calls.TraceOf(run)));
        var plain = Enqueue();
        var other = Start(plain);
        Assert.Equal((plain, null), Read(reader => reader.Calls.TraceOf(other)));
        Assert.Null(Read(reader => reader.Calls.TraceOf(other + 1)));
    }

    private BudgetUse UseOf(string budget) => Assert.Single(Read(reader => reader.Calls.BudgetUses(budget, "2026-03 ", 10)));

    private IReadOnlyList<CallTotal> Totals(CallGroup group, RowFilter filter, CallFilter? calls = null) =>
        Read(reader => reader.Calls.Totals(group, filter, calls ?? new CallFilter()));

    private void Add(params CallRecord[] calls) =>
        In(store =>
        {
            foreach (var call in calls)
                store.Calls.Add(call, Boot);
        });

    private IEnumerable<long> Ids(CallFilter filter) =>
        Read(reader => reader.Calls.Page(new RowFilter(), filter, null, 10)).Items.Select(call => call.Id);
}
