using System.Buffers;

namespace Aios.Running.Secrets;

/// <summary>
/// Masks secrets in a stream of bytes, wherever its chunks end: an end that may be the beginning of a secret is kept back
/// until more comes. No secret goes beyond a line, so no whole line is ever kept back.
/// </summary>
internal sealed class MaskedStream(SecretMask mask, Action<ReadOnlySpan<byte>> output)
{
    private readonly ArrayBufferWriter<byte> _written = new();
    private byte[] _kept = [];
    private int _masked;

    public void Feed(ReadOnlySpan<byte> bytes)
    {
        if (_kept.Length > 0)
        {
            byte[] whole = [.. _kept, .. bytes];
            Write(whole, UndecidedEnd.Keep);
        }
        else if (mask.Mentions(bytes))
        {
            Write(bytes, UndecidedEnd.Keep);
        }
        else
        {
            output(bytes);
        }
    }

    /// <summary>Gives out what was kept back. Whoever wrote it may have been ended in the middle of a secret.</summary>
    public void End()
    {
        if (_kept.Length > 0)
        {
            Write(_kept, UndecidedEnd.Mask);
        }
    }

    private void Write(ReadOnlySpan<byte> text, UndecidedEnd end)
    {
        (var kept, _masked) = mask.Write(text, _masked, end, _written);
        _kept = text[kept..].ToArray();
        output(_written.WrittenSpan);
        _written.ResetWrittenCount();
    }
}
