using System.Collections.Immutable;

namespace Aios.Models.Verification;

/// <summary>What one check found out about an answer.</summary>
/// <param name="Check">The check, as <c>verify</c> names it.</param>
/// <param name="Score">0 for wrong to 1 for right.</param>
/// <param name="Findings">What is wrong; none if the score is 1.</param>
internal sealed record CheckReport(string Check, double Score, ImmutableArray<Finding> Findings);

/// <summary>One thing that is wrong in an answer.</summary>
/// <param name="Text">The claim as the answer has it, or where the fault is.</param>
/// <param name="Problem">What was looked for or expected, and what there is instead.</param>
internal sealed record Finding(string Text, string Problem);
