namespace Aios.Store.Models;

/// <summary>Answers questions about calls to language models. Each answer is one short read.</summary>
internal interface ICallReader
{
    /// <summary>Attempts of calls to language models, newest first; see <see cref="IStoreReader.RunPage"/>.</summary>
    Page<CallRecord> Page(RowFilter filter, CallFilter calls, long? before, int limit);

    /// <summary>All attempts of the call of which a number is one, oldest first; none if there is no such number.</summary>
    IReadOnlyList<CallRecord> Attempts(long call);

    /// <summary>What the calls of a time have cost that were sent.</summary>
    /// <param name="group">By what they are added up.</param>
    /// <param name="since">From when on, UTC; null is from the beginning.</param>
    /// <param name="until">To when, UTC; null is to the end.</param>
    IReadOnlyList<CallTotal> Totals(CallGroup group, DateTimeOffset? since, DateTimeOffset? until);

    /// <summary>What budgets have given out, the latest first.</summary>
    IReadOnlyList<BudgetUse> BudgetUses(int limit);

    /// <summary>The flow of which a trigger is a step; null if it is none.</summary>
    long? FlowOf(long triggerId);
}
