using Aios.Control.Flows;
using Aios.Control.Spending;
using Aios.Store;
using Aios.Store.Audit;
using Aios.Store.Models;
using Aios.Tests.Support;

namespace Aios.Tests.Control.Spending;

/// <summary>Which call somebody means, and what becomes of it.</summary>
public sealed class CallReconciliationTests : IDisposable
{
    private const string Key = "2026-12 ";
    private static readonly DateTimeOffset Now = new(2026, 12, 24, 12, 0, 0, TimeSpan.Zero);
    private static readonly Actor Ada = new("user ada", "cli on laptop");

    private static readonly CallRecord Lost = new(1, 1, Now, "default", "chat", CallOutcome.Unknown)
    {
        Model = "small",
        Provider = "openai",
        Cost = 0.5m,
        Reserved = 0.5m,
        ProviderRequest = "req_1",
        ResponseId = "chatcmpl-1",
        DrawnJson = $"[[\"all\",\"{Key}\"]]",
        Charged = 500_000_000,
    };

    private readonly TemporaryFolder _folder = new();
    private readonly IDatabase _database;
    private readonly IStoreConnection _connection;

    public CallReconciliationTests()
    {
        _database = Databases.At(Path.Combine(_folder.Path, "orchestrator.db"));
        _connection = _database.Connect(null, TimeProvider.System);
    }

    [Fact]
    public void The_attempt_whose_answer_was_lost_is_meant_and_entering_it_again_does_nothing()
    {
        Add(Lost with { Outcome = CallOutcome.Failed, Cost = 0, Charged = 0 }, Lost with { Id = 2, Attempt = 2 });
        for (var time = 0; time < 2; time++)
            Assert.Null(Reconcile(1, 0.1m).Refused);
        var (failed, lost) = (Call(0), Call(1));
        Assert.Null(failed.Reconciled);
        Assert.Equal((0.1m, 0.5m, "user ada"), (lost.Cost, lost.FormerCost, lost.ReconciledBy));
        var entry = Assert.Single(Audited());
        Assert.Equal(("user ada", "call 1, attempt 2"), (entry.By.Name, entry.Subject));
        Assert.Equal(0.1m, Used());
        Assert.Null(Reconcile(1, 0).Refused);
        Assert.Equal((0m, 0.5m), (Call(1).Cost, Call(1).FormerCost));
        Assert.Equal(0m, Used());
    }

    [Fact]
    public void Who_only_looks_changes_nothing()
    {
        Add(Lost);
        var (refused, before, amount) = _connection.Write(queue => queue.ReconcileCall(1, null, 0.1m, Ada, Now, isDry: true));
        Assert.Equal((null, 0.5m, 100_000_000), (refused, before!.Cost, amount));
        Assert.Null(Call(0).Reconciled);
        Assert.Empty(Audited());
    }

    [Theory]
    [InlineData(1, null, -0.01, RefusalKind.Invalid)]
    [InlineData(1, null, 2_000_000, RefusalKind.Invalid)]
    [InlineData(9, null, 0.1, RefusalKind.Unknown)]
    [InlineData(1, null, 0.1, RefusalKind.Conflict)]
    [InlineData(1, 3, 0.1, RefusalKind.Unknown)]
    [InlineData(3, null, 0.1, RefusalKind.Conflict)]
    public void What_is_not_clear_is_refused(long id, int? attempt, double cost, object kind)
    {
        Add(Lost, Lost with { Id = 2, Attempt = 2 }, Lost with { Id = 3, Call = 3, Outcome = CallOutcome.Refused, Charged = 0 });
        Assert.Equal(kind, Reconcile(id, (decimal)cost, attempt).Refused!.Kind);
        Assert.Equal(1m, Used());
        Assert.Null(Reconcile(1, 0.1m, 2).Refused);
        Assert.Equal(0.6m, Used());
    }

    [Fact]
    public void A_bill_is_compared_with_the_ledger()
    {
        Add(
            Lost,
            Answered(2, 0.2m),
            Answered(3, 0.3m),
            Answered(4, 0.4m),
            Answered(5, 0.5m) with
            {
                ProviderRequest = "req_4",
            },
            Answered(6, 0.6m),
            Lost with
            {
                Id = 7,
                Call = 7,
                Provider = "other",
                ProviderRequest = "req_7",
                ResponseId = null,
            }
        );
        const string bill = """
            id,cost
            chatcmpl-1,0.1
            req_2,0.2
            req_3,0.31
            req_4,0.4
            req_6,0.6
            chatcmpl-6,0.7
            req_7,0.7
            req_8,0.8
            req_8,0.8
            ,0.9
            """;
        using var reader = _database.Read()!;
        Assert.Equal(
            [
                BillVerdict.Changed,
                BillVerdict.Unchanged,
                BillVerdict.Differs,
                BillVerdict.Ambiguous,
                BillVerdict.Ambiguous,
                BillVerdict.Ambiguous,
                BillVerdict.Unmatched,
                BillVerdict.Ambiguous,
                BillVerdict.Ambiguous,
                BillVerdict.Unmatched,
            ],
            BillMatch.Match(BillFile.Read(bill), "openai", false, reader.Calls).Select(match => match.Verdict)
        );
        Assert.Equal(BillVerdict.Changed, BillMatch.Match(BillFile.Read(bill), "openai", true, reader.Calls)[2].Verdict);
    }

    [Fact]
    public void A_row_with_both_ids_means_the_call_that_has_either()
    {
        Add(Lost with { ProviderRequest = null }, Answered(2, 0.2m), Answered(3, 0.3m) with { ResponseId = null });
        const string bill = """
            request_id,id,cost
            req_1,chatcmpl-1,0.1
            req_2,chatcmpl-2,0.2
            req_3,chatcmpl-2,0.3
            """;
        using var reader = _database.Read()!;
        var matches = BillMatch.Match(BillFile.Read(bill), "openai", false, reader.Calls);
        Assert.Equal([BillVerdict.Changed, BillVerdict.Unchanged, BillVerdict.Ambiguous], matches.Select(match => match.Verdict));
        Assert.Equal(1, matches[0].Call!.Id);
        Assert.All(BillMatch.Match(BillFile.Read(bill), "openai", false, null), match =>
            Assert.Equal(BillVerdict.Unmatched, match.Verdict)
        );
    }

    [Theory]
    [InlineData("[\"x\"]")]
    [InlineData("[5, null, \"[1\", [], {\"a\": 1}]")]
    [InlineData("{\"a\": \"x\"}")]
    [InlineData("[")]
    public void What_others_write_as_the_budgets_of_a_call_harms_nothing(string drawn)
    {
        Add(Lost, Lost with { Id = 2, Call = 2 });
        using (var sql = new Sql(Path.Combine(_folder.Path, "orchestrator.db")))
            sql.Do("UPDATE calls SET drawn = ?1 WHERE id = 2", drawn);
        using (var reader = _database.Read()!)
            Assert.Equal(0.5m, Assert.Single(reader.Calls.BudgetUses("all", "", 10)).Unknown);
        Assert.Null(Reconcile(2, 0.1m).Refused);
        Assert.Equal(1m, Used());
    }

    [Fact]
    public void What_is_lost_is_given_back_once_and_in_the_audit()
    {
        _connection.Write(queue => queue.Calls.Take("all", Key, long.MaxValue, 500_000_000, 1, "killed", Now));
        Assert.Single(_connection.Write(queue => queue.GiveBackLost(Ada, Now)));
        Assert.Empty(_connection.Write(queue => queue.GiveBackLost(Ada, Now)));
        Assert.Equal(0m, Used());
        Assert.Equal("budget.reconcile", Assert.Single(Audited()).Action);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _connection.Dispose();
        _folder.Dispose();
    }

    private static CallRecord Answered(long id, decimal cost) =>
        Lost with
        {
            Id = id,
            Call = id,
            Outcome = CallOutcome.Ok,
            Cost = cost,
            ProviderRequest = $"req_{id}",
            ResponseId = $"chatcmpl-{id}",
        };

    private void Add(params CallRecord[] calls) =>
        _connection.Write(queue =>
        {
            foreach (var call in calls)
            {
                if (call.Charged > 0)
                    queue.Calls.Take("all", Key, long.MaxValue, call.Charged.Value, 1, "boot", Now);
                queue.Calls.Add(call, "boot");
            }

            return true;
        });

    private (Refusal? Refused, CallRecord? Before, long Amount) Reconcile(long id, decimal cost, int? attempt = null) =>
        _connection.Write(queue => queue.ReconcileCall(id, attempt, cost, Ada, Now));

    private CallRecord Call(int index) => _connection.Write(queue => queue.Calls.Attempts(1))[index];

    private decimal Used()
    {
        using var reader = _database.Read()!;
        return reader.Calls.BudgetUses("all", "", 10).Sum(use => use.Amount);
    }

    private IReadOnlyList<AuditEntry> Audited()
    {
        using var reader = _database.Read()!;
        var entries = reader.AuditPage(new RowFilter(), null, 100).Items.Select(row => row.Entry);
        return [.. entries.Where(entry => entry.Action is "call.reconcile" or "budget.reconcile")];
    }
}
