namespace Aios.Running;

/// <summary>
/// How much output of one run may be told in full: a token bucket of bytes, so that a program that prints without end
/// does not fill the database. A line costs its bytes and what its row takes besides, for short lines are dear ones.
/// </summary>
internal sealed class OutputBudget(TimeProvider time)
{
    /// <summary>Bytes that may come at once.</summary>
    public const int Burst = 1024 * 1024;

    /// <summary>Bytes a second in the long run.</summary>
    public const int Refill = 8 * 1024;

    /// <summary>About what a row of the log takes besides its text, in bytes.</summary>
    public const int PerLine = 64;

    private double _tokens = Burst;

    /// <summary>Lines that were told of by their number only.</summary>
    public long LeftOut { get; private set; }
    private long _last = time.GetTimestamp();

    /// <summary>Counts lines that are left out.</summary>
    public void NoteLeftOut(long lines) => LeftOut += lines;

    /// <summary>Bytes that may be told now.</summary>
    public int Available()
    {
        var now = time.GetTimestamp();
        _tokens = Math.Min(Burst, _tokens + (time.GetElapsedTime(_last, now).TotalSeconds * Refill));
        _last = now;
        return Math.Max(0, (int)_tokens);
    }

    /// <summary>How much of the beginning may be told now: all, or as many whole lines as can be paid for.</summary>
    public int Affordable(ReadOnlySpan<byte> bytes)
    {
        var available = Available();
        if (Cost(bytes) <= available)
        {
            return bytes.Length;
        }

        var end = 0;
        while (bytes[end..].IndexOf((byte)'\n') is var length and >= 0 && length + 1 + PerLine <= available)
        {
            available -= length + 1 + PerLine;
            end += length + 1;
        }

        return end;
    }

    /// <summary>Takes what telling this costs; more than there is is a debt.</summary>
    public void Take(ReadOnlySpan<byte> bytes) => _tokens -= Cost(bytes);

    /// <summary>Gives back what was paid for bytes that were not told after all.</summary>
    public void GiveBack(long bytes) => _tokens = Math.Min(Burst, _tokens + bytes);

    /// <summary>What telling this costs.</summary>
    public static long Cost(ReadOnlySpan<byte> bytes) => bytes.Length + ((long)PerLine * bytes.Count((byte)'\n'));
}
