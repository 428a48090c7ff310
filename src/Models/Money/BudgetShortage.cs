namespace Aios.Models.Money;

/// <summary>A budget that has no room for a call.</summary>
/// <param name="Claim">The budget, and for what.</param>
internal sealed record BudgetShortage(BudgetClaim Claim)
{
    /// <summary>The approval by which people are asked for more, or have been; null if they are not.</summary>
    public long? ApprovalId { get; init; }

    /// <summary>Whether a person has rejected it.</summary>
    public bool IsRejected { get; init; }

    /// <summary>For people.</summary>
    public override string ToString() =>
        $"the budget {Claim} has no room"
        + (ApprovalId is { } id ? $", and approval {id} {(IsRejected ? "for more was rejected" : "asks for more")}" : "");
}
