namespace Aios.Store.Models;

/// <summary>Calls to language models, and what budgets have given out for them.</summary>
internal interface ICalls
{
    /// <summary>Takes numbers for calls, which nobody else then has.</summary>
    /// <param name="count">How many.</param>
    /// <param name="now">UTC.</param>
    /// <returns>The first of them.</returns>
    long TakeNumbers(int count, DateTimeOffset now);

    /// <summary>Writes an attempt down. What budgets count for it, its daemon then holds no more.</summary>
    /// <param name="call">The attempt.</param>
    /// <param name="owner">The boot of the daemon that made it.</param>
    void Add(CallRecord call, string owner);

    /// <summary>All attempts of the call of which a number is one, oldest first; none if there is no such number.</summary>
    IReadOnlyList<CallRecord> Attempts(long call);

    /// <summary>Enters what an attempt cost. The budgets that it drew on follow.</summary>
    /// <param name="id">The attempt.</param>
    /// <param name="cost">Nanodollars.</param>
    /// <param name="by">Who says so.</param>
    /// <param name="now">UTC.</param>
    void Reconcile(long id, long cost, string by, DateTimeOffset now);

    /// <summary>How often somebody has entered what an attempt cost.</summary>
    long Reconciliations();

    /// <summary>Notes how sure the answer of a call is.</summary>
    /// <param name="call">The number of the call.</param>
    /// <param name="model">Whose answer it is: with a hedge, two may have answered.</param>
    /// <param name="confidence">From 0 to 1.</param>
    /// <param name="makingJson">Each check with its score and findings.</param>
    void SetConfidence(long call, string model, double confidence, string makingJson);

    /// <summary>Takes an amount from a budget, which is then spent as far as anybody else knows.</summary>
    /// <param name="budget">Its name.</param>
    /// <param name="key">For what: the period, and the thing that it limits.</param>
    /// <param name="limit">The most that can be taken in all, nanodollars, beside what people have allowed.</param>
    /// <param name="need">The least that helps.</param>
    /// <param name="wish">What would be good to have; not less than the need.</param>
    /// <param name="owner">The boot of the daemon that holds it until it gives it back or writes down attempts.</param>
    /// <param name="now">UTC.</param>
    /// <returns>What was taken; 0 if there is no room for the need.</returns>
    long Take(string budget, string key, long limit, long need, long wish, string owner, DateTimeOffset now);

    /// <summary>What was taken from a budget, and what people have allowed beyond its limit.</summary>
    /// <param name="budget">Its name.</param>
    /// <param name="key">For what.</param>
    BudgetAllowance AllowanceOf(string budget, string key);

    /// <summary>Records the approval by which people are asked for more.</summary>
    void Ask(string budget, string key, long approvalId, DateTimeOffset now);

    /// <summary>Records that people have allowed more; what they were asked is answered with that.</summary>
    void Allow(string budget, string key, long amount, DateTimeOffset now);

    /// <summary>Gives back what was taken and not spent.</summary>
    void GiveBack(string budget, string key, long amount, string owner, DateTimeOffset now);

    /// <summary>What daemons held that have not ended as they should, by budget and key.</summary>
    IReadOnlyList<LostAmount> LostAmounts();

    /// <summary>Gives that back.</summary>
    void GiveBackLost(DateTimeOffset now);
}

/// <summary>How far a budget is used for one period and thing, nanodollars.</summary>
/// <param name="Taken">What was taken from it.</param>
/// <param name="Allowed">What people have allowed beyond its limit.</param>
/// <param name="ApprovalId">By which they are asked for more; null if they are not.</param>
internal readonly record struct BudgetAllowance(long Taken, long Allowed, long? ApprovalId);

/// <summary>What is left of what a daemon held of a budget: part of it may be spent, for calls that nobody could write down.</summary>
/// <param name="Budget">The budget.</param>
/// <param name="Key">The period and the thing that it limits.</param>
/// <param name="Amount">Nanodollars.</param>
internal readonly record struct LostAmount(string Budget, string Key, long Amount);
