namespace Aios.Store.Models;

/// <summary>Answers questions about calls to language models. Each answer is one short read.</summary>
internal interface ICallReader
{
    /// <summary>Attempts of calls to language models, newest first; see <see cref="IStoreReader.RunPage"/>.</summary>
    Page<CallRecord> Page(RowFilter filter, CallFilter calls, long? before, int limit);

    /// <summary>All attempts of the call of which a number is one, oldest first; none if there is no such number.</summary>
    IReadOnlyList<CallRecord> Attempts(long call);

    /// <summary>The attempts that a provider calls by one of some ids, oldest first. This reads all calls.</summary>
    /// <param name="provider">The provider.</param>
    /// <param name="idsJson">Ids of requests or of answers: a JSON list.</param>
    IReadOnlyList<CallRecord> OfProvider(string provider, string idsJson);

    /// <summary>What the calls of a time have cost that were sent.</summary>
    /// <param name="group">By what they are added up.</param>
    /// <param name="filter">Which of them: jobs and a time.</param>
    /// <param name="calls">Which of these.</param>
    IReadOnlyList<CallTotal> Totals(CallGroup group, RowFilter filter, CallFilter calls);

    /// <summary>What a budget has given out, the latest first.</summary>
    /// <param name="budget">Its name.</param>
    /// <param name="prefix">What the keys begin with: the period.</param>
    /// <param name="limit">How many at most.</param>
    IReadOnlyList<BudgetUse> BudgetUses(string budget, string prefix, int limit);

    /// <summary>The flow of which a trigger is a step; null if it is none.</summary>
    long? FlowOf(long triggerId);

    /// <summary>What the trace of a run follows from: its trigger, and the trace that whoever made it named.</summary>
    /// <returns>Null if there is no such run.</returns>
    (long TriggerId, string? TraceParent)? TraceOf(long runId);
}
