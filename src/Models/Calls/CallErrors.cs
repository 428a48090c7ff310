using Aios.Models.Configuration;
using Aios.Models.Money;
using Aios.Models.Wire;

namespace Aios.Models.Calls;

/// <summary>The errors of calls that have no answer.</summary>
internal static class CallErrors
{
    // A person may answer soon; longer waits the vendors' clients do not heed.
    private static readonly TimeSpan WhileAsked = TimeSpan.FromSeconds(30);

    /// <summary>A provider gave none.</summary>
    public static GatewayError Of(AttemptFailure failure, string model)
    {
        var message = $"The model \"{model}\" gave no answer: {failure.Reason.TrimEnd('.')}.";
        return failure.Kind switch
        {
            FailureKind.RateLimit => new GatewayError(429, "rate_limit_exceeded", message) { RetryAfter = failure.RetryAfter },
            FailureKind.Timeout => new GatewayError(504, "provider_timeout", message),
            FailureKind.Connection => new GatewayError(502, "provider_unreachable", message),
            FailureKind.ServerError => new GatewayError(failure.Status is 503 or 529 ? 503 : 502, "provider_error", message)
            {
                RetryAfter = failure.RetryAfter,
            },
            FailureKind.Auth => new GatewayError(502, "provider_refused", message),
            FailureKind.Context => new GatewayError(400, "context_length_exceeded", message),
            FailureKind.BadRequest => new GatewayError(
                failure.Status is 413 or 422 ? failure.Status.Value : 400,
                "invalid_request",
                message
            ),
            _ => new GatewayError(502, "bad_answer", message),
        };
    }

    /// <summary>A budget has no room.</summary>
    public static GatewayError BudgetExceeded(BudgetShortage shortage, decimal most)
    {
        var isAsked = shortage is { ApprovalId: not null, IsRejected: false };
        var asks = shortage switch
        {
            { ApprovalId: { } id, IsRejected: true } => $"Approval {id}, which asked for more, was rejected. ",
            { ApprovalId: { } id } =>
                $"Approval {id} asks a person for more: `aios approve {id}` or the console decides. Try again then, or ask "
                    + "for a shorter answer (max_tokens) or a cheaper model.",
            _ => "",
        };
        var advice = isAsked
            ? ""
            : "Ask for a shorter answer (max_tokens) or a cheaper model, wait for the next period, or raise the limit in "
                + $"{ModelSettingsLoader.FileName}.";
        return new GatewayError(
            429,
            "budget_exceeded",
            $"The budget {shortage.Claim} has no room for this call, which can cost {Money(most)} USD at most. {asks}{advice}"
        )
        {
            RetryAfter = isAsked ? WhileAsked : null,
        };
    }

    /// <summary>A model has no price.</summary>
    public static GatewayError PriceMissing(string model) =>
        new(
            400,
            "price_missing",
            $"The model \"{model}\" has no price in {ModelSettingsLoader.FileName}, so nobody knows what a call costs. Add `price: "
                + "{input: ..., output: ...}` in US dollars for a million tokens, or `price: free`."
        );

    /// <summary>No model may answer.</summary>
    public static GatewayError NobodyFits(string route, IEnumerable<CandidateNote> notes) =>
        new(
            400,
            "no_model_fits",
            $"No model of \"{route}\" can answer this call: {string.Join("; ", notes.Select(note => $"{note.Model} is {note.Note}"))}."
        );

    /// <summary>All models rest.</summary>
    public static GatewayError AllRest(string route, IReadOnlyDictionary<string, string> reasons, TimeSpan wait) =>
        new(
            429,
            "rate_limit_exceeded",
            $"Each model of \"{route}\" has failed lately or is at its limit: "
                + $"{string.Join("; ", reasons.Select(reason => $"{reason.Key}: {reason.Value}"))}. Try again in "
                + $"{Math.Ceiling(wait.TotalSeconds):0} s."
        )
        {
            RetryAfter = wait,
        };

    /// <summary>There is nothing of that name.</summary>
    public static GatewayError NoSuchModel(string name, string hint) =>
        new(
            404,
            "model_not_found",
            $"There is no route or model \"{name}\" in {ModelSettingsLoader.FileName}.{hint} `aios models` lists them."
        )
        {
            Field = "model",
        };

    /// <summary>The job may not call it.</summary>
    public static GatewayError NotAllowed(string name, Caller caller) =>
        new(
            403,
            "model_not_allowed",
            $"The job \"{caller.JobName}\" may not call \"{name}\": its field `models` allows {string.Join(", ", caller.Access.Names)}."
        );

    /// <summary>The ledger takes nothing.</summary>
    public static GatewayError LedgerFull() =>
        new(503, "ledger_unavailable", "The database takes no writes just now, so calls could not be recorded. Try again later.");

    /// <summary>Dollars, exactly and without needless zeros.</summary>
    public static string Money(decimal dollars) => dollars.ToString("0.##########", System.Globalization.CultureInfo.InvariantCulture);
}
