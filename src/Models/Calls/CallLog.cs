using Aios.Store;
using Aios.Store.Models;

namespace Aios.Models.Calls;

/// <summary>
/// Writes calls to the ledger, without anybody waiting for it: what comes together is committed together. While the database
/// takes nothing, it keeps a bounded number of them and lets no more calls begin.
/// </summary>
/// <param name="write">Does work in a transaction of the database; the task ends when it is durable.</param>
/// <param name="owner">The boot of the daemon.</param>
/// <param name="clock">The only source of time.</param>
/// <param name="report">Told of rows that could not be written.</param>
/// <param name="recorded">Told of each row that is durable.</param>
internal sealed class CallLog(
    Func<Func<IStoreTransaction, long>, Task<long>> write,
    string owner,
    TimeProvider clock,
    Action<string> report,
    Action<CallRecord, AnswerFacts> recorded
)
{
    private const int MostWaiting = 20_000;
    private const int NumbersAtOnce = 1000;

    private readonly Lock _gate = new();
    private long _next;
    private long _last = -1;
    private int _waiting;
    private Task? _refill;
    private TaskCompletionSource? _empty;

    /// <summary>Whether so much waits to be written that no call should begin.</summary>
    public bool IsFull => Volatile.Read(ref _waiting) >= MostWaiting;

    /// <summary>A number that no other row has.</summary>
    /// <exception cref="StoreException">The database gives out none just now.</exception>
    public async ValueTask<long> NextNumber()
    {
        long number;
        while (!TryNext(out number))
            await Refill().ConfigureAwait(false);
        return number;
    }

    /// <summary>Writes a row soon.</summary>
    public void Add(CallRecord call, AnswerFacts facts)
    {
        Interlocked.Increment(ref _waiting);
        _ = Write(call, facts);
    }

    /// <summary>Ends when all rows are written.</summary>
    public Task Written()
    {
        lock (_gate)
        {
            if (Volatile.Read(ref _waiting) == 0)
                return Task.CompletedTask;
            _empty ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _empty.Task;
        }
    }

    // Those who come meanwhile wait for the same numbers.
    private Task Refill()
    {
        lock (_gate)
        {
            if (_refill is null or { IsCompleted: true })
                _refill = Take();
            return _refill;
        }
    }

    private async Task Take()
    {
        var first = await write(store => store.Calls.TakeNumbers(NumbersAtOnce, clock.GetUtcNow())).ConfigureAwait(false);
        lock (_gate)
        {
            (_next, _last) = (first, first + NumbersAtOnce - 1);
        }
    }

    private async Task Write(CallRecord call, AnswerFacts facts)
    {
        try
        {
            await write(store =>
                {
                    store.Calls.Add(call, owner);
                    return call.Id;
                })
                .ConfigureAwait(false);
            recorded(call, facts);
        }
        catch (Exception error) when (error is StoreException or ObjectDisposedException or InvalidOperationException)
        {
            report($"Call {call.Id} to {call.Model ?? call.Route} is not in the ledger: {error.Message}");
        }
        finally
        {
            Leave();
        }
    }

    private void Leave()
    {
        lock (_gate)
        {
            if (Interlocked.Decrement(ref _waiting) > 0)
                return;
            _empty?.TrySetResult();
            _empty = null;
        }
    }

    private bool TryNext(out long number)
    {
        lock (_gate)
        {
            number = _next;
            if (_next > _last)
                return false;
            _next++;
            return true;
        }
    }
}
