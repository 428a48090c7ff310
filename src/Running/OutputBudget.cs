namespace Aios.Running;

/// <summary>
/// How much output of one run may be told in full: a token bucket of bytes, so that a program that prints without end
/// does not fill the database.
/// </summary>
internal sealed class OutputBudget(TimeProvider time)
{
    /// <summary>Bytes that may come at once.</summary>
    public const int Burst = 1024 * 1024;

    /// <summary>Bytes a second in the long run.</summary>
    public const int Refill = 8 * 1024;

    private double _tokens = Burst;
    private long _last = time.GetTimestamp();

    /// <summary>Bytes that may be told now.</summary>
    public int Available()
    {
        var now = time.GetTimestamp();
        _tokens = Math.Min(Burst, _tokens + (time.GetElapsedTime(_last, now).TotalSeconds * Refill));
        _last = now;
        return Math.Max(0, (int)_tokens);
    }

    /// <summary>Takes bytes that were told; more than there are is a debt.</summary>
    public void Take(int bytes) => _tokens -= bytes;
}
