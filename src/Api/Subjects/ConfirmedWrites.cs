using System.Globalization;
using Aios.Api.Routes;
using Aios.Control.Confirm;
using Aios.Control.Flows;
using Aios.Store;
using Aios.Store.Flows;

namespace Aios.Api.Subjects;

/// <summary>
/// Does operations that are confirmed first: the answer to a request without a confirmation says what is at stake, and how to confirm it.
/// </summary>
internal sealed class ConfirmedWrites(ApiServices services, ConfirmRules rules)
{
    private const string Header = "Confirm";
    private const string ApprovalWord = "approval ";

    /// <summary>Changes something, if that needs no confirmation or has one.</summary>
    /// <param name="request">Who asks, and the confirmation.</param>
    /// <param name="operation">What must be confirmed; null for nothing.</param>
    /// <param name="work">Does it.</param>
    /// <exception cref="ProblemException">It is not confirmed, or the confirmation does not count.</exception>
    public async Task<T> Write<T>(ApiRequest request, RiskyOperation? operation, Func<IStoreTransaction, T> work)
    {
        if (operation is null || rules.Of(operation.Kind) is not { By: not ConfirmBy.None } rule)
            return await services.Write(work).ConfigureAwait(false);
        var by = Askers.Of(request);
        if (request.Confirm is not { } given)
        {
            var asked = await services.Write(queue => queue.AskToConfirm(operation, rule, by, services.Now)).ConfigureAwait(false);
            throw new ProblemException(Needed(operation, rule, asked));
        }

        var approval = ApprovalIn(given);
        var (refusal, result) = await services
            .Write<(Refusal?, T?)>(queue => Refuse(queue) is { } refused ? (refused, default) : (null, work(queue)))
            .ConfigureAwait(false);
        Refusals.ThrowIf(refusal);
        return result!;

        Refusal? Refuse(IStoreTransaction queue) =>
            approval is { } id ? queue.UseConfirmation(operation, Confirmed.By(id), by, services.Now)
            : rule.By == ConfirmBy.Self ? queue.UseRepetition(operation, given, by, services.Now)
            : queue.RefuseConfirmation(operation, "it takes another person's approval", by, services.Now);
    }

    private static long? ApprovalIn(string given)
    {
        if (!given.StartsWith(ApprovalWord, StringComparison.OrdinalIgnoreCase))
            return null;
        return long.TryParse(given.AsSpan(ApprovalWord.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? id
            : throw new ProblemException(
                Problem.Invalid(Header, $"found \"{given}\", expected the digest of what is confirmed, or \"approval\" and its number")
            );
    }

    private static Problem Needed(RiskyOperation operation, ConfirmRule rule, ApprovalRecord asked)
    {
        var isOther = rule.By == ConfirmBy.Other;
        var header = isOther ? string.Create(CultureInfo.InvariantCulture, $"{ApprovalWord}{asked.Id}") : operation.Digest;
        var until = Control.JsonForms.Iso((asked.Status == ApprovalStatus.Approved ? asked.UsableUntil : asked.Expires)!.Value);
        var detail = isOther
            ? $"{operation.Question} Another person must approve that: it waits as approval {asked.Id} until {until}. When it is approved, "
                + $"repeat the request with the header \"{Header}: {header}\"."
            : $"{operation.Question} To confirm it, repeat the request with the header \"{Header}: {header}\" until {until}.";
        return new Problem(428, "confirmation-needed", "It must be confirmed", detail)
        {
            Confirmation = new NeededConfirmation(operation, isOther ? "other" : "self", header)
            {
                Expires = until,
                Approval = isOther ? asked.Id : null,
                Url = isOther ? string.Create(CultureInfo.InvariantCulture, $"{ApiRoutes.Base}/approvals/{asked.Id}") : null,
            },
        };
    }
}
