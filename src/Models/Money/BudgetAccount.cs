namespace Aios.Models.Money;

/// <summary>
/// What this daemon has of a budget for one period and thing: slabs that the database has given, spent from memory. Amounts are
/// nanodollars.
/// </summary>
internal sealed class BudgetAccount(string budget, string key)
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _settled = NewSignal();
    private TaskCompletionSource<long>? _taking;
    private long _need;
    private long _free;
    private long _reserved;

    /// <summary>The budget.</summary>
    public string Budget => budget;

    /// <summary>The period and the thing.</summary>
    public string Key => key;

    /// <summary>What people have allowed beyond the limit, as far as it is known here.</summary>
    public long Allowed { get; set; }

    /// <summary>What is not held.</summary>
    public long Free
    {
        get
        {
            lock (_gate)
            {
                return _free;
            }
        }
    }

    /// <summary>Holds an amount if it is there.</summary>
    public bool TryReserve(long amount)
    {
        lock (_gate)
        {
            if (_free < amount)
                return false;
            _free -= amount;
            _reserved += amount;
            return true;
        }
    }

    /// <summary>Takes a slab that helps to an amount, unless one is being taken.</summary>
    /// <param name="take">Takes a slab from the database; given the least that helps.</param>
    /// <param name="amount">The amount.</param>
    /// <returns>What is taken, once it is there; and whether nothing means that there is nothing for this amount either.</returns>
    public (Task<long> Taking, bool IsForAmount) Take(Func<long, Task<long>> take, long amount)
    {
        TaskCompletionSource<long> taken;
        long need;
        lock (_gate)
        {
            need = Math.Max(1, amount - _free);
            if (_taking is { } going)
                return (going.Task, need >= _need);
            _taking = taken = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
            _need = need;
        }

        _ = TakeFor(taken, take, need);
        return (taken.Task, true);
    }

    /// <summary>A held amount has become a cost. A cost beyond it is owed, and the next slab pays for it.</summary>
    public void Settle(long amount, long cost)
    {
        TaskCompletionSource settled;
        lock (_gate)
        {
            _reserved -= amount;
            _free += amount - cost;
            (settled, _settled) = (_settled, NewSignal());
        }

        settled.TrySetResult();
    }

    /// <summary>Ends when a held amount has become a cost; null if none is held.</summary>
    public Task? NextSettlement()
    {
        lock (_gate)
        {
            return _reserved > 0 ? _settled.Task : null;
        }
    }

    /// <summary>Takes all that is not held.</summary>
    public long TakeFree()
    {
        lock (_gate)
        {
            var free = _free;
            _free = 0;
            return free;
        }
    }

    /// <summary>What was taken is here still.</summary>
    public void PutBack(long free)
    {
        lock (_gate)
            _free += free;
    }

    private async Task TakeFor(TaskCompletionSource<long> taken, Func<long, Task<long>> take, long need)
    {
        try
        {
            var slab = await take(need).ConfigureAwait(false);
            lock (_gate)
            {
                (_free, _taking) = (_free + slab, null);
            }

            taken.SetResult(slab);
        }
        catch (Exception error)
        {
            lock (_gate)
            {
                _taking = null;
            }

            taken.SetException(error);
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
