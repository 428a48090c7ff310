using System.Collections.Immutable;

namespace Aios.Jobs;

/// <summary>How long to wait before the next attempt.</summary>
/// <param name="Waits">The waits in order; never empty.</param>
/// <param name="Doubles">Whether the last wait doubles each further time (up to <see cref="Longest"/>) or repeats.</param>
internal sealed record Backoff(ImmutableArray<TimeSpan> Waits, bool Doubles)
{
    /// <summary>No wait is longer than this.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <summary>1, 2, 4, ... seconds.</summary>
    public static readonly Backoff Default = new([TimeSpan.FromSeconds(1)], Doubles: true);

    /// <summary>The wait after the <paramref name="failures"/>th failure in a row (1 is the first).</summary>
    public TimeSpan After(int failures)
    {
        var step = Math.Max(failures, 1) - 1;
        if (step < Waits.Length)
            return Shortened(Waits[step]);
        if (!Doubles)
            return Shortened(Waits[^1]);

        var doublings = Math.Min(step - Waits.Length + 1, 30);
        return Shortened(TimeSpan.FromSeconds(Waits[^1].TotalSeconds * Math.Pow(2, doublings)));
    }

    private static TimeSpan Shortened(TimeSpan wait) => wait < Longest ? wait : Longest;
}
