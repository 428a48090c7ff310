namespace Aios.Running;

/// <summary>
/// Cuts one stream of bytes into lines of text. A newline byte is never part of another character in UTF-8, so lines are
/// cut first and decoded whole, which makes it irrelevant where chunks end.
/// </summary>
internal sealed class LineSplitter(Action<string> deliver)
{
    /// <summary>A longer line is told in pieces of this many bytes.</summary>
    public const int MaxLine = 16 * 1024;

    private byte[] _partial = [];
    private int _length;

    public void Feed(ReadOnlySpan<byte> bytes)
    {
        while (bytes.IndexOf((byte)'\n') is var end and >= 0)
        {
            EndLine(bytes[..end]);
            bytes = bytes[(end + 1)..];
        }

        Keep(bytes);
    }

    /// <summary>Tells the last line, if it had no end.</summary>
    public void Flush()
    {
        if (_length > 0)
        {
            EndLine([]);
        }

        _partial = [];
    }

    private void EndLine(ReadOnlySpan<byte> rest)
    {
        if (_length > 0)
        {
            Keep(rest);
            rest = _partial.AsSpan(0, _length);
            _length = 0;
        }

        DeliverPieces(ref rest);
        deliver(LineText.Decode(rest is [.., (byte)'\r'] ? rest[..^1] : rest));
    }

    // What stays is at most one piece, so that an endless line takes bounded memory.
    private void Keep(ReadOnlySpan<byte> bytes)
    {
        if (_length == 0)
        {
            DeliverPieces(ref bytes);
        }

        while (_length + bytes.Length > MaxLine)
        {
            var taken = MaxLine - _length;
            Append(bytes[..taken]);
            bytes = bytes[taken..];
            ReadOnlySpan<byte> full = _partial.AsSpan(0, _length);
            var piece = PieceLength(full);
            deliver(LineText.Decode(full[..piece]));
            full[piece..].CopyTo(_partial);
            _length -= piece;
        }

        Append(bytes);
    }

    private void DeliverPieces(ref ReadOnlySpan<byte> line)
    {
        while (line.Length > MaxLine)
        {
            var piece = PieceLength(line);
            deliver(LineText.Decode(line[..piece]));
            line = line[piece..];
        }
    }

    // Not in the middle of a character: steps back over at most three continuation bytes to its first.
    private static int PieceLength(ReadOnlySpan<byte> line)
    {
        for (var back = 0; back <= 3; back++)
        {
            var isStart = (line[MaxLine - 1 - back] & 0xC0) == 0xC0;
            if (isStart)
            {
                return MaxLine - 1 - back;
            }

            if (line[MaxLine - 1 - back] < 0x80)
            {
                break;
            }
        }

        return MaxLine;
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return;
        }

        if (_length + bytes.Length > _partial.Length)
        {
            Array.Resize(ref _partial, Math.Min(MaxLine, Math.Max(256, 2 * (_length + bytes.Length))));
        }

        bytes.CopyTo(_partial.AsSpan(_length));
        _length += bytes.Length;
    }
}
