namespace Aios.Running;

/// <summary>Keeps the last bytes of what is written to it.</summary>
internal sealed class TailRing
{
    public const int Capacity = 64 * 1024;

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

    /// <summary>The last bytes, oldest first: all, if nothing had to be dropped.</summary>
    public byte[] Tail()
    {
        if (TotalBytes < Capacity)
        {
            return _bytes[.._next];
        }

        return [.. _bytes[_next..], .. _bytes[.._next]];
    }
}
