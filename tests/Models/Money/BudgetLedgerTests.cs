using Aios.Models.Calls;
using Aios.Models.Configuration;
using Aios.Models.Money;
using Aios.Store;
using Aios.Store.Models;
using Aios.Tests.Support;

namespace Aios.Tests.Models.Money;

/// <summary>No budget is exceeded, whoever draws on it at once and wherever it ends.</summary>
public sealed class BudgetLedgerTests : IDisposable
{
    private const long Cent = 10_000_000;

    private readonly TemporaryFolder _folder = new();
    private readonly IStoreConnection _connection;
    private readonly IStore _store;

    public BudgetLedgerTests()
    {
        _connection = Databases.At(Path.Combine(_folder.Path, "orchestrator.db")).Connect(null, TimeProvider.System);
        _store = _connection.StartWriter(TimeProvider.System);
    }

    [Fact]
    public async Task Calls_at_once_get_no_more_than_there_is()
    {
        var ledger = Ledger();
        var claims = Claims(1.00m);
        var held = await Task.WhenAll(Enumerable.Range(0, 300).Select(_ => Task.Run(() => Hold(ledger, claims, Cent, keep: true))));
        Assert.Equal(100, held.Count(got => got));
        Assert.Equal(1.00m, Used());
    }

    [Fact]
    public async Task Calls_at_once_for_which_there_is_nothing_ask_the_database_together()
    {
        var asked = 0;
        var gate = new TaskCompletionSource();
        var ledger = new BudgetLedger(
            async work =>
            {
                Interlocked.Increment(ref asked);
                await gate.Task;
                return await _store.Write(work);
            },
            "a",
            TimeProvider.System,
            (_, _) => { }
        );
        var first = Hold(ledger, Claims(0.02m), 2 * Cent, keep: true);
        gate.SetResult();
        Assert.True(await first);
        gate = new TaskCompletionSource();
        var others = Enumerable.Range(0, 100).Select(n => Hold(ledger, Claims(0.02m), n == 99 ? 1 : Cent, keep: true)).ToList();
        Assert.Equal(2, asked);
        gate.SetResult();
        Assert.DoesNotContain(true, await Task.WhenAll(others));
        // The one that needs less asks for itself.
        Assert.Equal(3, asked);
    }

    [Fact]
    public async Task A_call_waits_for_those_whose_reservations_turn_out_too_large()
    {
        var ledger = Ledger();
        var claims = Claims(0.02m);
        var (first, _) = await ledger.Reserve(claims, 2 * Cent, TestContext.Current.CancellationToken);
        var second = ledger.Reserve(claims, Cent, TestContext.Current.CancellationToken);
        Assert.False(second.IsCompleted);
        first!.Settle(Cent / 2);
        var (held, full) = await second;
        Assert.NotNull(held);
        Assert.Null(full);
    }

    [Fact]
    public async Task What_a_kill_leaves_counts_as_spent_and_what_is_given_back_does_not()
    {
        var killed = Ledger();
        Assert.True(await Hold(killed, Claims(1.00m), Cent, keep: false));
        var lost = Used();
        Assert.True(lost > 0.01m);
        var ended = Ledger();
        Assert.True(await Hold(ended, Claims(1.00m), Cent, keep: true));
        await ended.GiveBack();
        Assert.Equal(lost + 0.01m, Used());
    }

    [Fact]
    public async Task A_cost_beyond_the_reservation_is_owed()
    {
        var ledger = Ledger();
        var (held, _) = await ledger.Reserve(Claims(1.00m), Cent, TestContext.Current.CancellationToken);
        held!.Settle(50 * Cent);
        await ledger.GiveBack();
        Assert.Equal(0.50m, Used());
    }

    [Fact]
    public async Task A_refused_call_holds_nothing_of_the_budgets_that_had_room()
    {
        var ledger = Ledger();
        BudgetClaim[] claims = [.. Claims(1.00m, "wide"), .. Claims(0.01m, "narrow")];
        var (held, full) = await ledger.Reserve(claims, 2 * Cent, TestContext.Current.CancellationToken);
        Assert.Null(held);
        Assert.Equal("narrow", full!.Claim.Budget.Name);
        await ledger.GiveBack();
        Assert.Equal(0m, Used());
    }

    [Theory]
    [InlineData("all", "", true)]
    [InlineData("job", "job report", true)]
    [InlineData("job:report", "job report", true)]
    [InlineData("job:other", "", false)]
    [InlineData("route:default", "route default", true)]
    [InlineData("provider", "provider local", true)]
    [InlineData("key", "", false)]
    public void A_budget_applies_to_what_it_names(string of, string thing, bool applies)
    {
        var settings = ModelSettingsLoader.Read($"budgets: {{b: {{limit: 1, per: 1d, of: \"{of}\"}}}}").Settings!;
        var caller = new Caller { RunId = 3, JobName = "report/draft" };
        var claims = BudgetClaim.Of(settings, caller, "default", "local", new DateTimeOffset(2026, 12, 24, 23, 59, 0, TimeSpan.Zero));
        Assert.Equal(applies ? [$"2026-12-24 {thing}"] : [], claims.Select(claim => claim.Key));
    }

    public void Dispose()
    {
        _store.Dispose();
        _connection.Dispose();
        _folder.Dispose();
    }

    private BudgetLedger Ledger() => new(work => _store.Write(work), "a", TimeProvider.System, (_, _) => { });

    private decimal Used()
    {
        using var reader = Databases.At(Path.Combine(_folder.Path, "orchestrator.db")).Read()!;
        return ((string[])["all", "wide", "narrow"]).SelectMany(name => reader.Calls.BudgetUses(name, "", 10)).Sum(use => use.Amount);
    }

    private static async Task<bool> Hold(BudgetLedger ledger, IReadOnlyList<BudgetClaim> claims, long amount, bool keep)
    {
        var (held, _) = await ledger.Reserve(claims, amount, TestContext.Current.CancellationToken);
        if (keep)
            held?.Keep();
        return held is not null;
    }

    private static BudgetClaim[] Claims(decimal limit, string name = "all") =>
        [
            new(
                new Budget
                {
                    Name = name,
                    Limit = limit,
                    Per = BudgetPeriod.Day,
                },
                "2026-12-24 "
            ),
        ];
}
