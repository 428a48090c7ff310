namespace Aios.Models.Runs;

/// <summary>What came of a question.</summary>
/// <param name="ResultJson">The answer, valid JSON; null if there is none.</param>
/// <param name="Failure">Why the run has failed; null if it has not.</param>
internal sealed record ModelRunResult(string? ResultJson, string? Failure)
{
    /// <summary>Whether each further attempt would fail, too.</summary>
    public bool IsFinal { get; init; }
}
