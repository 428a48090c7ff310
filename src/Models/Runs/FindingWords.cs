using Aios.Models.Verification;

namespace Aios.Models.Runs;

/// <summary>A finding as people and models read it.</summary>
internal static class FindingWords
{
    /// <summary>Where it is, and what is wrong.</summary>
    public static string Of(Finding finding) =>
        finding.Text.Length == 0 ? finding.Problem.TrimEnd('.') : $"{finding.Text}: {finding.Problem.TrimEnd('.')}";
}
