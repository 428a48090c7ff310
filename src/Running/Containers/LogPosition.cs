namespace Aios.Running.Containers;

/// <summary>
/// How far a container's output is known, so that it can be taken up again: up to an instant, and how many lines carry
/// that very instant. It is by the engine's clock.
/// </summary>
/// <param name="At">Of the last line.</param>
/// <param name="Lines">How many lines of that instant are known.</param>
internal sealed record LogPosition(DateTimeOffset At, int Lines)
{
    internal bool IsBefore(DateTimeOffset at) => Microsecond(at) > Microsecond(At);

    internal bool IsAt(DateTimeOffset at) => Microsecond(at) == Microsecond(At);

    // The database keeps no more of an instant.
    private static long Microsecond(DateTimeOffset at) => at.UtcTicks / TimeSpan.TicksPerMicrosecond;
}
