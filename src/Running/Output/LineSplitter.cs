namespace Aios.Running;

/// <summary>
/// Cuts one stream of bytes into lines of text. A newline byte is never part of another character in UTF-8, so lines are
/// cut first and decoded whole, which makes it irrelevant where chunks end. A carriage return begins the line anew, as on
/// a terminal: of a progress bar the last state is told, and on its way one now and then.
/// </summary>
/// <param name="deliver">Takes a line, and whether it is a further piece of the one before it.</param>
/// <param name="time">For what is told now and then.</param>
internal sealed class LineSplitter(Action<string, bool> deliver, TimeProvider time)
{
    /// <summary>A longer line is told in pieces of this many bytes.</summary>
    public const int MaxLine = 16 * 1024;

    /// <summary>How often a state that is overwritten is told.</summary>
    public static readonly TimeSpan BetweenStates = TimeSpan.FromSeconds(1);

    private byte[] _partial = [];
    private int _length;
    private bool _isContinued;
    private bool _returned;
    private long? _stateTold;
    private long _overwritten;

    /// <summary>Tells what it can; the answer is how many bytes were overwritten and not told.</summary>
    public long Feed(ReadOnlySpan<byte> bytes)
    {
        _overwritten = 0;
        while (!bytes.IsEmpty)
        {
            if (_returned)
            {
                GoOnAfterReturn(bytes[0]);
            }

            var end = bytes.IndexOfAny((byte)'\n', (byte)'\r');
            if (end < 0)
            {
                Keep(bytes);
                break;
            }

            if (bytes[end] == '\n')
            {
                EndLine(bytes[..end]);
            }
            else
            {
                Keep(bytes[..end]);
                _returned = true;
            }

            bytes = bytes[(end + 1)..];
        }

        return _overwritten;
    }

    /// <summary>Tells the last line, if it had no end.</summary>
    public void Flush()
    {
        if (_length > 0)
        {
            EndLine([]);
        }

        _partial = [];
        _length = 0;
        _isContinued = false;
        _returned = false;
    }

    // Returns before a newline are part of the line's end; before anything else they give up what was there.
    private void GoOnAfterReturn(byte next)
    {
        if (next == '\r')
        {
            return;
        }

        _returned = false;
        if (next != '\n')
        {
            Overwrite();
        }
    }

    private void Overwrite()
    {
        if (_length > 0 && StateIsDue())
        {
            Deliver(_partial.AsSpan(0, _length));
        }
        else
        {
            _overwritten += _length;
        }

        _length = 0;
        _isContinued = false;
    }

    private bool StateIsDue()
    {
        var now = time.GetTimestamp();
        if (_stateTold is { } told && time.GetElapsedTime(told, now) < BetweenStates)
        {
            return false;
        }

        _stateTold = now;
        return true;
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
        Deliver(rest);
        _isContinued = false;
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
            Deliver(full[..piece]);
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
            Deliver(line[..piece]);
            line = line[piece..];
        }
    }

    private void Deliver(ReadOnlySpan<byte> piece)
    {
        deliver(LineText.Decode(piece), _isContinued);
        _isContinued = true;
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
