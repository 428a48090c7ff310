namespace Aios.Control;

/// <summary>Something that keeps a job from running.</summary>
/// <param name="Words">What.</param>
/// <param name="Remedy">What would change it; null where only time does.</param>
internal sealed record Obstacle(string Words, string? Remedy);
