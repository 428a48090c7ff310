namespace Aios.Running;

/// <summary>Keeps the last bytes of what is written to it.</summary>
internal sealed class TailRing
{
    public const int Capacity = 64 * 1024;

    // Lines of a usual length fill the ring first.
    private const int HighestCost = 2 * Capacity;

    private readonly byte[] _bytes = GC.AllocateUninitializedArray<byte>(Capacity);
    private int _next;

    /// <summary>All that was written.</summary>
    public long TotalBytes { get; private set; }

    /// <summary>Newlines in all that was written.</summary>
    public long TotalLines { get; private set; }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        TotalBytes += bytes.Length;
        TotalLines += bytes.Count((byte)'\n');
        if (bytes.Length > Capacity)
        {
            bytes = bytes[^Capacity..];
        }

        var first = Math.Min(bytes.Length, Capacity - _next);
        bytes[..first].CopyTo(_bytes.AsSpan(_next));
        bytes[first..].CopyTo(_bytes);
        _next = (_next + bytes.Length) % Capacity;
    }

    /// <summary>
    /// The end of what was written: all of it if that is not dear, else the last whole lines; of a line that alone is
    /// longer, its end.
    /// </summary>
    public ReadOnlySpan<byte> End()
    {
        ReadOnlySpan<byte> kept = Kept();
        var isAll = TotalBytes == kept.Length;
        if (isAll && OutputBudget.Cost(kept) <= HighestCost)
        {
            return kept;
        }

        var start = StartOfLastLines(kept, isAll);
        return start < kept.Length ? kept[start..] : FromWholeCharacter(kept);
    }

    private byte[] Kept() => TotalBytes < Capacity ? _bytes[.._next] : [.. _bytes[_next..], .. _bytes[.._next]];

    // The first line is left out where its beginning was overwritten.
    private static int StartOfLastLines(ReadOnlySpan<byte> kept, bool isAll)
    {
        var start = kept.Length;
        var cost = 0;
        while (start > 0)
        {
            var begin = kept[..(start - 1)].LastIndexOf((byte)'\n') + 1;
            cost += start - begin + OutputBudget.PerLine;
            if (cost > HighestCost || (begin == 0 && !isAll))
            {
                break;
            }

            start = begin;
        }

        return start;
    }

    private static ReadOnlySpan<byte> FromWholeCharacter(ReadOnlySpan<byte> bytes)
    {
        var skipped = 0;
        while (skipped < 3 && skipped < bytes.Length && (bytes[skipped] & 0xC0) == 0x80)
        {
            skipped++;
        }

        return bytes[skipped..];
    }
}
