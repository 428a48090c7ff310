namespace Aios.Store.Models;

/// <summary>The words for what came of a call.</summary>
internal static class CallOutcomeNames
{
    /// <summary>"ok", "refused", "failed", "unknown".</summary>
    public static string Name(this CallOutcome outcome) => outcome.ToString().ToLowerInvariant();
}
