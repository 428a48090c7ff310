namespace Aios.Control.Flows;

/// <summary>Why an order is not followed.</summary>
/// <param name="Kind">Of what sort the reason is.</param>
/// <param name="Words">What happened, what was expected, what to do.</param>
internal sealed record Refusal(RefusalKind Kind, string Words);

/// <summary>The sorts of reasons.</summary>
internal enum RefusalKind
{
    /// <summary>There is no such thing.</summary>
    Unknown,

    /// <summary>What was asked makes no sense.</summary>
    Invalid,

    /// <summary>Whoever asks may not.</summary>
    Forbidden,

    /// <summary>It does not go with how things are.</summary>
    Conflict,
}
