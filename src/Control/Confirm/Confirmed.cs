using System.Globalization;

namespace Aios.Control.Confirm;

/// <summary>How an operation was confirmed.</summary>
/// <param name="How">As the audit calls it.</param>
/// <param name="Approval">The approval that another person gave; null for other ways.</param>
internal sealed record Confirmed(string How, long? Approval = null)
{
    /// <summary>The name of what is at stake was typed.</summary>
    public static readonly Confirmed Typed = new("typed");

    /// <summary>A script said so.</summary>
    public static readonly Confirmed YesFlag = new("yes-flag");

    /// <summary>The request was repeated with the digest of what it does.</summary>
    public static readonly Confirmed Repeated = new("repeated");

    /// <summary>Another person approved it.</summary>
    public static Confirmed By(long approval) => new(string.Create(CultureInfo.InvariantCulture, $"approval {approval}"), approval);
}
