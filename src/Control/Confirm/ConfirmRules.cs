using System.Collections.Immutable;

namespace Aios.Control.Confirm;

/// <summary>Who must confirm which operations.</summary>
/// <param name="Given">What <c>aios.yaml</c> says, by <see cref="RiskyKinds"/>.</param>
internal sealed record ConfirmRules(ImmutableDictionary<string, ConfirmRule> Given)
{
    /// <summary>Where nothing is said: whoever does it confirms it.</summary>
    public static readonly ConfirmRules Default = new(ImmutableDictionary<string, ConfirmRule>.Empty);

    /// <summary>That of an operation.</summary>
    public ConfirmRule Of(string kind) => Given.GetValueOrDefault(kind, ConfirmRule.Default);
}

/// <summary>How an operation is confirmed.</summary>
/// <param name="By">Who confirms it.</param>
/// <param name="Expires">How long it can be confirmed, and then done.</param>
internal sealed record ConfirmRule(ConfirmBy By, TimeSpan Expires)
{
    /// <summary>Whoever does it confirms it, within five minutes.</summary>
    public static readonly ConfirmRule Default = new(ConfirmBy.Self, TimeSpan.FromMinutes(5));
}

/// <summary>Who confirms an operation. In <c>aios.yaml</c> these are the names in lower case.</summary>
internal enum ConfirmBy
{
    /// <summary>Nobody: it is done at once.</summary>
    None,

    /// <summary>Whoever does it.</summary>
    Self,

    /// <summary>Another person.</summary>
    Other,
}
