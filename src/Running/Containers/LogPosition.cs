namespace Aios.Running.Containers;

/// <summary>
/// How far a container's output is known, so that it can be taken up again: up to an instant, and how many lines carry
/// that very instant. It is by the engine's clock.
/// </summary>
/// <param name="At">Of the last line.</param>
/// <param name="Lines">How many lines of that instant are known.</param>
public sealed record LogPosition(DateTimeOffset At, int Lines)
{
    // A database keeps seconds as a double, which is good to a quarter of a microsecond.
    private const long SameTicks = 4;

    internal bool IsBefore(DateTimeOffset at) => at.UtcTicks - At.UtcTicks > SameTicks;

    internal bool IsAt(DateTimeOffset at) => Math.Abs(at.UtcTicks - At.UtcTicks) <= SameTicks;
}
