using System.Globalization;
using System.Text;
using System.Text.Json;
using Aios.Jobs;
using Aios.Platform;
using Aios.Store;
using Aios.Store.Flows;
using Aios.Store.Models;

namespace Aios.Models.Money;

/// <summary>
/// Asks people whether calls may cost more than a budget allows, once as long as nobody has answered. An approval adds the limit once
/// more, in the transaction in which it is taken up, so that it counts once; after a rejection nobody is asked until the period ends.
/// </summary>
/// <param name="write">Does work in a transaction of the database; the task ends when it is durable.</param>
/// <param name="clock">The only source of time.</param>
/// <param name="asked">Told of a question, within the transaction in which it is asked, with the job that calls.</param>
internal sealed class BudgetQuestions(
    Func<Func<IStoreTransaction, long>, Task<long>> write,
    TimeProvider clock,
    Action<IStoreTransaction, ApprovalRecord> asked
)
{
    // Nobody knows when a run or a flow ends; who is asked again after that has not lost anything.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(7);

    /// <summary>Whether there is room now; else whom to wait for.</summary>
    /// <param name="claim">The budget that had none.</param>
    /// <param name="amount">The most that the call can cost, nanodollars.</param>
    /// <param name="free">What is taken from the database already and not held.</param>
    /// <returns>What people have allowed beyond the limit, if there is room with that; or why there is none.</returns>
    public async Task<(long Allowed, BudgetShortage? Short)> Ask(BudgetClaim claim, long amount, long free)
    {
        BudgetShortage? shortage = null;
        var allowed = await write(store =>
            {
                (var beyond, shortage) = new Turn(store, clock.GetUtcNow(), claim, amount, free, asked).Do();
                return beyond;
            })
            .ConfigureAwait(false);
        return (allowed, shortage);
    }

    /// <summary>One transaction.</summary>
    private sealed class Turn(
        IStoreTransaction store,
        DateTimeOffset now,
        BudgetClaim claim,
        long amount,
        long free,
        Action<IStoreTransaction, ApprovalRecord> asked
    )
    {
        private readonly long _limit = Nanodollars.Of(claim.Budget.Limit!.Value);

        public (long Allowed, BudgetShortage? Short) Do()
        {
            var use = store.Calls.AllowanceOf(claim.Budget.Name, claim.Key);
            if (use.ApprovalId is { } id && store.Approvals.Find(id) is { } former)
            {
                if (StillCounts(former, use) is { } answer)
                    return (0, answer);
                use = store.Calls.AllowanceOf(claim.Budget.Name, claim.Key);
            }

            var room = _limit + use.Allowed - use.Taken + free;
            if (room >= amount)
                return (use.Allowed, null);
            // One more limit would be no room for it either, or the period has ended meanwhile.
            return (0, room + _limit < amount || claim.Until <= now ? new BudgetShortage(claim) : Create(use));
        }

        // Null: it is answered, or void, and has been taken up or taken back.
        private BudgetShortage? StillCounts(ApprovalRecord former, BudgetAllowance use)
        {
            var shortage = new BudgetShortage(claim) { ApprovalId = former.Id };
            switch (former.Status)
            {
                case ApprovalStatus.Rejected:
                    return shortage with { IsRejected = true };
                case ApprovalStatus.Waiting when IsTrue(former, use) && !(former.Expires <= now):
                    return shortage;
                case ApprovalStatus.Waiting:
                    store.Approvals.End(former.Id, ApprovalStatus.Void, "the limit of the budget has changed since", now);
                    return null;
                case ApprovalStatus.Approved when !IsTrue(former, use):
                    store.Approvals.Withdraw(former.Id, "the limit of the budget has changed since");
                    return null;
                case ApprovalStatus.Approved when store.Approvals.Use(former.Id, former.Digest, now):
                    store.Calls.Allow(claim.Budget.Name, claim.Key, _limit, now);
                    return null;
                default:
                    return null;
            }
        }

        private BudgetShortage Create(BudgetAllowance use)
        {
            var question = Question(use);
            var shown = Shown(use);
            var approval = new ApprovalRecord(0, ApprovalKinds.Budget, question, shown, Digest(question, shown, use))
            {
                JobName = claim.IsOfJob ? claim.JobName : null,
                Operation = ApprovalKinds.Budget,
                Created = now,
                Expires = claim.Until ?? now + LongestWait,
            };
            var id = store.Approvals.Ask(approval);
            store.Calls.Ask(claim.Budget.Name, claim.Key, id, now);
            asked(store, approval with { Id = id, JobName = claim.JobName });
            return new BudgetShortage(claim) { ApprovalId = id };
        }

        private string Question(BudgetAllowance use)
        {
            var until = claim.Until is { } end
                ? string.Create(CultureInfo.InvariantCulture, $" until {end.UtcDateTime:yyyy-MM-dd HH:mm} UTC")
                : "";
            var spent = $"{Dollars(use.Taken - free)} of {Dollars(_limit + use.Allowed)} USD";
            return $"Budget {claim.Budget.Name} ({claim.Words}) has spent {spent}. Allow {Dollars(_limit)} more{until}?";
        }

        private string Shown(BudgetAllowance use) =>
            JsonText.Write(json =>
            {
                json.WriteStartObject();
                json.WriteString("budget", claim.Budget.Name);
                json.WriteString("for", claim.Words);
                json.WriteString("limit", $"{Dollars(_limit)} USD");
                json.WriteString("allowed before", $"{Dollars(use.Allowed)} USD");
                json.WriteString("spent", $"{Dollars(use.Taken - free)} USD");
                json.WriteString("the call that does not fit", $"{Dollars(amount)} USD at most");
                json.WriteEndObject();
            });

        private bool IsTrue(ApprovalRecord former, BudgetAllowance use) => former.Digest == Digest(former.Question, former.ShownJson, use);

        // Of all that the person sees, and of what the approval adds to what.
        private string Digest(string question, string shown, BudgetAllowance use)
        {
            var text = JsonText.Write(json =>
            {
                json.WriteStartObject();
                json.WriteString("question", question);
                json.WritePropertyName("shown");
                json.WriteRawValue(shown, skipInputValidation: true);
                json.WriteString("budget", claim.Budget.Name);
                json.WriteString("key", claim.Key);
                json.WriteNumber("limit", _limit);
                json.WriteNumber("allowed", use.Allowed);
                json.WriteEndObject();
            });
            return Convert.ToHexStringLower(Sha256.Of(Encoding.UTF8.GetBytes(text)));
        }

        private static string Dollars(long amount) => Nanodollars.ToDollars(amount).ToString("0.00########", CultureInfo.InvariantCulture);
    }
}
