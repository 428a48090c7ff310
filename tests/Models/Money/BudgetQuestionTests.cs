using Aios.Models.Configuration;
using Aios.Models.Money;
using Aios.Store;
using Aios.Store.Flows;
using Aios.Tests.Support;

namespace Aios.Tests.Models.Money;

/// <summary>People are asked once whether a budget may be exceeded, and each approval adds the limit once.</summary>
public sealed class BudgetQuestionTests : IDisposable
{
    private const long Cent = 10_000_000;

    private readonly TemporaryFolder _folder = new();
    private readonly FakeClock _clock = new(new DateTimeOffset(2026, 12, 1, 9, 0, 0, TimeSpan.Zero));
    private readonly List<ApprovalRecord> _told = [];
    private readonly IStoreConnection _connection;
    private readonly IStore _store;

    public BudgetQuestionTests()
    {
        _connection = Databases.At(Path.Combine(_folder.Path, "orchestrator.db")).Connect(null, TimeProvider.System);
        _store = _connection.StartWriter(TimeProvider.System);
    }

    [Fact]
    public async Task The_first_call_that_does_not_fit_asks_and_the_others_wait_for_the_same_answer()
    {
        var ledger = Ledger();
        Assert.Null(await Hold(ledger, 100));
        var refused = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => Hold(ledger, 1))));
        Assert.All(refused, shortage => Assert.Equal((1, false), (shortage!.ApprovalId, shortage.IsRejected)));
        var asked = Assert.Single(_told);
        Assert.Equal(
            "Budget each-job (job research, 2026-12-01) has spent 1.00 of 1.00 USD. Allow 1.00 more until 2026-12-02 00:00 UTC?",
            asked.Question
        );
        Assert.Equal(ApprovalKinds.Budget, asked.Kind);
        Assert.Equal("research", asked.JobName);
        Assert.Equal(new DateTimeOffset(2026, 12, 2, 0, 0, 0, TimeSpan.Zero), Approval(1).Expires);
    }

    [Fact]
    public async Task An_approval_adds_the_limit_once_and_then_it_is_asked_anew()
    {
        var ledger = Ledger();
        Assert.Null(await Hold(ledger, 100));
        Assert.NotNull(await Hold(ledger, 1));
        await Decide(1, approves: true);
        var held = await Task.WhenAll(Enumerable.Range(0, 300).Select(_ => Task.Run(() => Hold(ledger, 1))));
        Assert.Equal(100, held.Count(shortage => shortage is null));
        Assert.All(held.Where(shortage => shortage is not null), shortage => Assert.Equal(2, shortage!.ApprovalId));
        Assert.NotNull(Approval(1).Used);
        Assert.Contains("has spent 2.00 of 2.00 USD. Allow 1.00 more", Approval(2).Question, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_allowed_is_known_after_a_kill()
    {
        var killed = Ledger();
        Assert.Null(await Hold(killed, 100));
        Assert.NotNull(await Hold(killed, 1));
        await Decide(1, approves: true);
        Assert.Null(await Hold(killed, 10));
        var next = Ledger();
        // What the killed one had taken counts as spent.
        Assert.Null(await Hold(next, 80));
        Assert.Equal(2, (await Hold(next, 20))!.ApprovalId);
    }

    [Fact]
    public async Task A_call_that_is_larger_than_the_limit_fits_with_what_was_allowed()
    {
        var ledger = Ledger();
        Assert.Equal(1, (await Hold(ledger, 150))!.ApprovalId);
        await Decide(1, approves: true);
        Assert.Null(await Hold(ledger, 150));
        Assert.NotNull(await Hold(ledger, 51));
    }

    [Fact]
    public async Task Nobody_is_asked_about_a_call_that_does_not_fit_even_then()
    {
        Assert.Null((await Hold(Ledger(), 201))!.ApprovalId);
        Assert.Empty(_told);
    }

    [Fact]
    public async Task After_a_rejection_nobody_is_asked_again_until_the_period_ends()
    {
        var ledger = Ledger();
        Assert.Null(await Hold(ledger, 100));
        Assert.NotNull(await Hold(ledger, 1));
        await Decide(1, approves: false);
        Assert.True((await Hold(ledger, 1))!.IsRejected);
        Assert.Single(_told);
        Assert.Null(await Hold(ledger, 1, "2026-12-02 job research"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_approval_for_another_limit_does_not_count(bool isDecided)
    {
        var ledger = Ledger();
        Assert.Null(await Hold(ledger, 100));
        Assert.NotNull(await Hold(ledger, 1));
        if (isDecided)
            await Decide(1, approves: true);
        Assert.Equal(2, (await Hold(ledger, 11, limit: 1.10m))!.ApprovalId);
        Assert.Equal(ApprovalStatus.Void, Approval(1).Status);
    }

    [Fact]
    public async Task A_question_that_nobody_has_answered_in_time_is_asked_again()
    {
        var ledger = Ledger();
        Assert.Null(await Hold(ledger, 100, "run 7 "));
        Assert.Equal(1, (await Hold(ledger, 1, "run 7 "))!.ApprovalId);
        _clock.Advance(TimeSpan.FromDays(8));
        Assert.Equal(2, (await Hold(ledger, 1, "run 7 "))!.ApprovalId);
    }

    public void Dispose()
    {
        _store.Dispose();
        _connection.Dispose();
        _folder.Dispose();
    }

    private BudgetLedger Ledger() =>
        new(
            work => _store.Write(work),
            "a",
            _clock,
            (_, approval) =>
            {
                lock (_told)
                    _told.Add(approval);
            }
        );

    private static async Task<BudgetShortage?> Hold(
        BudgetLedger ledger,
        int cents,
        string key = "2026-12-01 job research",
        decimal limit = 1.00m
    )
    {
        var budget = new Budget
        {
            Name = "each-job",
            Limit = limit,
            Per = key.StartsWith("run", StringComparison.Ordinal) ? BudgetPeriod.Run : BudgetPeriod.Day,
            Of = new BudgetScope("job", null),
            OnExcess = ExcessAction.Ask,
        };
        var claim = new BudgetClaim(budget, key)
        {
            Words = "job research, 2026-12-01",
            Until = budget.Per == BudgetPeriod.Run ? null : new DateTimeOffset(2026, 12, 2, 0, 0, 0, TimeSpan.Zero),
            JobName = "research",
        };
        var (held, shortage) = await ledger.Reserve([claim], cents * Cent, TestContext.Current.CancellationToken);
        held?.Keep();
        return shortage;
    }

    private ApprovalRecord Approval(long id)
    {
        using var reader = Databases.At(Path.Combine(_folder.Path, "orchestrator.db")).Read()!;
        return reader.Approval(id)!;
    }

    private async Task Decide(long id, bool approves)
    {
        var digest = Approval(id).Digest;
        var outcome = await _store.Write(store =>
            store.Approvals.Decide(id, digest, new Decision("user ann", approves, _clock.GetUtcNow()))
        );
        Assert.Equal(DecisionOutcome.Decided, outcome);
    }
}
