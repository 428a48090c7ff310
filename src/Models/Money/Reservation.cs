using Aios.Jobs;

namespace Aios.Models.Money;

/// <summary>An amount that is held for a call until it is known what the call cost.</summary>
internal sealed class Reservation
{
    private readonly IReadOnlyList<BudgetAccount> _accounts;
    private readonly long _amount;
    private int _isSettled;

    internal Reservation(IReadOnlyList<BudgetAccount> accounts, long amount) => (_accounts, _amount) = (accounts, amount);

    /// <summary>The budgets of which it holds something, each with its key, as JSON; null if there are none.</summary>
    public string? DrawnJson =>
        _accounts.Count == 0
            ? null
            : JsonText.Write(json =>
            {
                json.WriteStartArray();
                foreach (var account in _accounts)
                {
                    json.WriteStartArray();
                    json.WriteStringValue(account.Budget);
                    json.WriteStringValue(account.Key);
                    json.WriteEndArray();
                }

                json.WriteEndArray();
            });

    /// <summary>What these budgets count for the call, nanodollars; null as long as that is open, or if there are none.</summary>
    public long? Charged { get; private set; }

    /// <summary>The call has cost this much, nanodollars. What comes later says nothing any more.</summary>
    public void Settle(long cost)
    {
        if (Interlocked.Exchange(ref _isSettled, 1) == 1)
            return;
        Charged = _accounts.Count == 0 ? null : cost;
        foreach (var account in _accounts)
            account.Settle(_amount, cost);
    }

    /// <summary>Nobody knows what it has cost, so it counts as a whole.</summary>
    public void Keep() => Settle(_amount);
}
