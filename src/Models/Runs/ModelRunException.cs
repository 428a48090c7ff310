namespace Aios.Models.Runs;

/// <summary>A question cannot be answered. The message says why and what to do, and is the reason of the run.</summary>
internal sealed class ModelRunException(string message) : Exception(message)
{
    /// <summary>Whether the reason is the same for each further attempt.</summary>
    public bool IsFinal { get; init; }
}
