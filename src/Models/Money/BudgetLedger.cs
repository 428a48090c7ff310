using System.Collections.Concurrent;
using Aios.Models.Configuration;
using Aios.Store;
using Aios.Store.Flows;
using Aios.Store.Models;

namespace Aios.Models.Money;

/// <summary>
/// Holds amounts of budgets for calls. The database gives them out in slabs, which are durable before anything of them is spent,
/// so that a budget is never exceeded wherever the daemon is killed; what is left of a slab then counts as spent.
/// </summary>
/// <param name="write">Does work in a transaction of the database; the task ends when it is durable.</param>
/// <param name="owner">The boot of the daemon.</param>
/// <param name="clock">The only source of time.</param>
/// <param name="asked">Told of a question to people, within the transaction in which it is asked.</param>
internal sealed class BudgetLedger(
    Func<Func<IStoreTransaction, long>, Task<long>> write,
    string owner,
    TimeProvider clock,
    Action<IStoreTransaction, ApprovalRecord> asked
)
{
    // A kill forfeits a slab at most; a larger one takes fewer commits.
    private const int SlabsInBudget = 64;

    // How long a call waits for others whose reservations may turn out too large.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly BudgetQuestions _questions = new(write, clock, asked);
    private readonly ConcurrentDictionary<(string Budget, string Key), BudgetAccount> _accounts = new();

    /// <summary>Holds an amount of each budget.</summary>
    /// <param name="claims">The budgets that apply.</param>
    /// <param name="amount">The most that the call can cost, nanodollars.</param>
    /// <param name="cancellation">The caller has gone.</param>
    /// <param name="canWait">Whether the call may wait for others, or for a person to be asked.</param>
    /// <returns>The reservation; or why there is none.</returns>
    /// <exception cref="StoreException">The database gives out nothing just now.</exception>
    public async Task<(Reservation? Held, BudgetShortage? Short)> Reserve(
        IReadOnlyList<BudgetClaim> claims,
        long amount,
        CancellationToken cancellation,
        bool canWait = true
    )
    {
        var held = new List<BudgetAccount>();
        var isWhole = false;
        try
        {
            foreach (var claim in claims)
            {
                if (await Hold(claim, amount, held, canWait, cancellation).ConfigureAwait(false) is { } shortage)
                    return (null, shortage);
            }

            isWhole = true;
            return (new Reservation(held, amount), null);
        }
        finally
        {
            if (!isWhole)
                new Reservation(held, amount).Settle(0);
        }
    }

    /// <summary>Gives back to the database what is not held any more.</summary>
    public async Task GiveBack()
    {
        foreach (var account in _accounts.Values)
        {
            // What is owed is written down as well.
            if (account.TakeFree() is not 0 and var free)
                await GiveBack(account, free).ConfigureAwait(false);
        }
    }

    private async Task<BudgetShortage?> Hold(
        BudgetClaim claim,
        long amount,
        List<BudgetAccount> held,
        bool canWait,
        CancellationToken cancellation
    )
    {
        var limit = Nanodollars.Of(claim.Budget.Limit!.Value);
        if (claim.Budget.Per == BudgetPeriod.Call)
            return amount > limit ? new BudgetShortage(claim) : null;
        var account = _accounts.GetOrAdd((claim.Budget.Name, claim.Key), static key => new BudgetAccount(key.Budget, key.Key));
        while (!await TryHold(account, limit, amount, held, canWait, cancellation).ConfigureAwait(false))
        {
            if (claim.Budget.OnExcess != ExcessAction.Ask || !canWait)
                return new BudgetShortage(claim);
            (var allowed, var shortage) = await _questions.Ask(claim, amount, account.Free).ConfigureAwait(false);
            if (shortage is not null)
                return shortage;
            account.Allowed = allowed;
        }

        return null;
    }

    private async Task<bool> TryHold(
        BudgetAccount account,
        long limit,
        long amount,
        List<BudgetAccount> held,
        bool canWait,
        CancellationToken cancellation
    )
    {
        if (amount > limit + account.Allowed)
            return false;
        var began = clock.GetTimestamp();
        while (true)
        {
            // Asked before it is tried: what is settled meanwhile is not missed.
            var settlement = account.NextSettlement();
            if (account.TryReserve(amount) || await TakeSlab(account, limit, amount).ConfigureAwait(false))
            {
                held.Add(account);
                return true;
            }

            var left = Patience - clock.GetElapsedTime(began);
            if (
                !canWait
                || settlement is null
                || left <= TimeSpan.Zero
                || !await Ended(settlement, left, cancellation).ConfigureAwait(false)
            )
                return false;
        }
    }

    // One slab at a time: those who wait share what the first one takes, or its answer that there is nothing.
    private async Task<bool> TakeSlab(BudgetAccount account, long limit, long amount)
    {
        while (true)
        {
            var (taking, isForAmount) = account.Take(need => Take(account, limit, need), amount);
            var taken = await taking.ConfigureAwait(false);
            if (account.TryReserve(amount))
                return true;
            if (isForAmount && taken == 0)
                return false;
        }
    }

    private async Task<long> Take(BudgetAccount account, long limit, long need) =>
        await write(store =>
                store.Calls.Take(account.Budget, account.Key, limit, need, Math.Max(need, limit / SlabsInBudget), owner, clock.GetUtcNow())
            )
            .ConfigureAwait(false);

    private async Task<bool> Ended(Task settlement, TimeSpan longest, CancellationToken cancellation)
    {
        try
        {
            await settlement.WaitAsync(longest, clock, cancellation).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private async Task GiveBack(BudgetAccount account, long free)
    {
        try
        {
            await write(store =>
                {
                    store.Calls.GiveBack(account.Budget, account.Key, free, owner, clock.GetUtcNow());
                    return free;
                })
                .ConfigureAwait(false);
        }
        catch
        {
            account.PutBack(free);
            throw;
        }
    }
}
