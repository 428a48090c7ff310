namespace Aios.Store.Runs;

/// <summary>A run that goes on, as far as the database tells.</summary>
/// <param name="Id">The run.</param>
/// <param name="JobName">Its job.</param>
/// <param name="Attempt">Which attempt it is.</param>
/// <param name="Device">Where.</param>
/// <param name="HasProcess">Whether its process was seen.</param>
/// <param name="Started">Since when, UTC.</param>
/// <param name="Source">What made its trigger; null if the trigger is gone.</param>
internal sealed record ActiveRun(
    long Id,
    string JobName,
    int Attempt,
    string Device,
    bool HasProcess,
    DateTimeOffset Started,
    string? Source
)
{
    /// <summary>The run that asked for it and waits for its end, or null.</summary>
    public long? ParentRunId { get; init; }
}
