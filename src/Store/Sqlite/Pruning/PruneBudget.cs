namespace Aios.Store.Sqlite.Pruning;

/// <summary>What one step may cost: so many rows and so much time, for a claim may be waiting behind it.</summary>
internal sealed class PruneBudget(TimeProvider clock, int rows, TimeSpan time)
{
    private readonly long _started = clock.GetTimestamp();

    /// <summary>How many rows may still be removed.</summary>
    public int Rows { get; private set; } = rows;

    /// <summary>Whether the step is to end.</summary>
    public bool IsSpent => Rows <= 0 || clock.GetElapsedTime(_started) >= time;

    /// <summary>Notes that rows were removed.</summary>
    public void Take(int count) => Rows -= count;
}
