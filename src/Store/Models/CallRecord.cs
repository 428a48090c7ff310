namespace Aios.Store.Models;

/// <summary>One attempt to have a model answer.</summary>
/// <param name="Id">Its own number.</param>
/// <param name="Call">The number of the call: that of its first attempt.</param>
/// <param name="Created">When it began, UTC.</param>
/// <param name="Route">What was asked for.</param>
/// <param name="Kind">What was asked: <c>chat</c>, <c>responses</c>, <c>messages</c> or <c>embeddings</c>.</param>
/// <param name="Outcome">What came of it.</param>
internal sealed record CallRecord(long Id, long Call, DateTimeOffset Created, string Route, string Kind, CallOutcome Outcome)
{
    /// <summary>Which attempt of the call, from 1.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>The run whose program asked; null for others.</summary>
    public long? RunId { get; init; }

    /// <summary>The flow of that run.</summary>
    public long? FlowId { get; init; }

    /// <summary>The job of that run.</summary>
    public string? JobName { get; init; }

    /// <summary>Who asked, if it was no run: "key deploy", "local user".</summary>
    public string? Caller { get; init; }

    /// <summary>The model, as models.yaml names it; null if none was chosen.</summary>
    public string? Model { get; init; }

    /// <summary>Its provider.</summary>
    public string? Provider { get; init; }

    /// <summary>Why this model: a JSON list of the models of the route, each with what spoke for or against it.</summary>
    public string? WhyJson { get; init; }

    /// <summary>Why there is no answer; null if there is one.</summary>
    public string? Reason { get; init; }

    /// <summary>Tokens of each class.</summary>
    public CallTokens Tokens { get; init; }

    /// <summary>Whether AIOS counted the tokens, because the provider did not tell them.</summary>
    public bool IsCountedHere { get; init; }

    /// <summary>The price that was applied, JSON; null where nothing was sent.</summary>
    public string? PriceJson { get; init; }

    /// <summary>US dollars; of one whose answer was lost, the most that it can cost.</summary>
    public decimal Cost { get; init; }

    /// <summary>What was reserved for it, US dollars.</summary>
    public decimal Reserved { get; init; }

    /// <summary>What the provider calls the request, by a header of its answer; null if none came.</summary>
    public string? ProviderRequest { get; init; }

    /// <summary>What the provider calls the answer, by its body; null if none came.</summary>
    public string? ResponseId { get; init; }

    /// <summary>The budgets that it drew on: a JSON list of names and keys; null if it drew on none.</summary>
    public string? DrawnJson { get; init; }

    /// <summary>What these budgets count for it, nanodollars; null if it drew on none.</summary>
    public long? Charged { get; init; }

    /// <summary>When somebody entered what it cost, UTC; null if nobody has.</summary>
    public DateTimeOffset? Reconciled { get; init; }

    /// <summary>Who did.</summary>
    public string? ReconciledBy { get; init; }

    /// <summary>What it had cost by AIOS before, US dollars.</summary>
    public decimal? FormerCost { get; init; }

    /// <summary>How long the first piece of the answer took; null if none came.</summary>
    public TimeSpan? FirstToken { get; init; }

    /// <summary>How long it took as a whole; null where nothing was sent.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>How sure the answer is, from 0 to 1; null if it was not checked.</summary>
    public double? Confidence { get; init; }

    /// <summary>How the confidence comes about: a JSON list of the checks, each with its score and findings.</summary>
    public string? VerificationJson { get; init; }

    /// <summary>The request, or its SHA-256; null if it is not kept.</summary>
    public string? Request { get; init; }

    /// <summary>The answer, or its SHA-256; null if it is not kept.</summary>
    public string? Response { get; init; }
}

/// <summary>Tokens of a call, each counted in one class only.</summary>
internal readonly record struct CallTokens(long Input, long Output, long CachedInput, long CacheWrite, long Reasoning, int Images);

/// <summary>What came of an attempt.</summary>
internal enum CallOutcome
{
    /// <summary>An answer.</summary>
    Ok,

    /// <summary>It was not sent: a budget, a limit, or privacy.</summary>
    Refused,

    /// <summary>An error of the provider, which costs nothing, or it was not reached.</summary>
    Failed,

    /// <summary>It was sent, and the answer or its end was lost.</summary>
    Unknown,
}
