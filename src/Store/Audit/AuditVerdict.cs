namespace Aios.Store.Audit;

/// <summary>What came of looking at the whole audit.</summary>
/// <param name="Rows">How many rows there are.</param>
/// <param name="Head">The last of them.</param>
/// <param name="Anchor">What stands outside of the database; null if nothing does.</param>
/// <param name="Findings">What is wrong, in words; empty if nothing is.</param>
internal sealed record AuditVerdict(long Rows, AuditHead Head, AnchoredHead? Anchor, IReadOnlyList<string> Findings);
