namespace Aios.Store.Triggers;

/// <summary>What a trigger says to its runs, as it stands there: somebody may have written anything.</summary>
/// <param name="ArgsJson">Positional arguments.</param>
/// <param name="KwargsJson">Named arguments.</param>
/// <param name="Origin">Where it comes from in time.</param>
internal sealed record TriggerDetails(string ArgsJson, string KwargsJson, TriggerOrigin Origin)
{
    /// <summary>Why nothing can run with them, or null; then they are empty.</summary>
    public string? Defect { get; init; }
}
