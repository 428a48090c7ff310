using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Aios.Running.Secrets;

/// <summary>
/// Finds secrets in bytes and puts asterisks in their place. Where secrets overlap, all that belongs to any of them goes.
/// A secret of several lines is looked for line by line, so no secret reaches beyond the end of a line.
/// </summary>
internal sealed class SecretMask
{
    /// <summary>Bytes; what is shorter would turn half the log into asterisks.</summary>
    public const int Shortest = 4;

    private readonly byte[][] _secrets;
    private readonly SearchValues<byte> _firstBytes;
    private readonly Dictionary<uint, byte[][]> _byBeginning;

    /// <summary>For these, each at least <see cref="Shortest"/> bytes long and without a newline.</summary>
    public SecretMask(IEnumerable<byte[]> secrets)
    {
        _secrets = [.. secrets];
        _firstBytes = SearchValues.Create([.. _secrets.Select(secret => secret[0]).Distinct()]);
        _byBeginning = _secrets
            .GroupBy(secret => BinaryPrimitives.ReadUInt32LittleEndian(secret))
            .ToDictionary(group => group.Key, group => group.ToArray());
    }

    /// <summary>What is written in a secret's place.</summary>
    public static ReadOnlySpan<byte> Stars => "***"u8;

    /// <summary>Masks a whole text.</summary>
    /// <param name="text">Any.</param>
    /// <param name="mayBeCutOff">The text may have lost its end: the beginning of a secret there goes too.</param>
    public string Mask(string text, bool mayBeCutOff = false)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        if (!Mentions(bytes))
        {
            return text;
        }

        var masked = new ArrayBufferWriter<byte>(bytes.Length + Stars.Length);
        Write(bytes, 0, mayBeCutOff ? UndecidedEnd.Mask : UndecidedEnd.Show, masked);
        return Encoding.UTF8.GetString(masked.WrittenSpan);
    }

    /// <summary>Whether there is anything that is a secret, or may become one as more comes.</summary>
    public bool Mentions(ReadOnlySpan<byte> text) => Next(text, 0).At < text.Length;

    /// <summary>Writes the text without its secrets.</summary>
    /// <param name="text">Any.</param>
    /// <param name="done">So much of its beginning has been written, or masked, before.</param>
    /// <param name="end">What becomes of an end that may be the beginning of a secret.</param>
    /// <param name="output">Takes it; never more bytes than the text has.</param>
    /// <returns>Where what was left undecided begins, and how much of that is masked already.</returns>
    public (int Kept, int Masked) Write(ReadOnlySpan<byte> text, int done, UndecidedEnd end, IBufferWriter<byte> output)
    {
        for (var find = Next(text, 0); find.At < text.Length; find = Next(text, find.At + 1))
        {
            var length =
                find is { MayGoOn: true } && end == UndecidedEnd.Mask && text.Length - find.At >= Shortest
                    ? text.Length - find.At
                    : find.Length;
            if (length > 0)
            {
                if (find.At >= done)
                {
                    output.Write(text[done..find.At]);
                    output.Write(Stars);
                }

                done = Math.Max(done, find.At + length);
            }

            if (find.MayGoOn && end == UndecidedEnd.Keep)
            {
                if (find.At > done)
                {
                    output.Write(text[done..find.At]);
                    done = find.At;
                }

                return (find.At, done - find.At);
            }
        }

        output.Write(text[done..]);
        return (text.Length, 0);
    }

    // The next place at which a secret stands (its length, the longest of them) or may stand once more has come.
    private (int At, int Length, bool MayGoOn) Next(ReadOnlySpan<byte> text, int from)
    {
        while (from < text.Length)
        {
            var step = text[from..].IndexOfAny(_firstBytes);
            if (step < 0)
            {
                break;
            }

            from += step;
            var (length, mayGoOn) = At(text[from..]);
            if (length > 0 || mayGoOn)
            {
                return (from, length, mayGoOn);
            }

            from++;
        }

        return (text.Length, 0, false);
    }

    private (int Length, bool MayGoOn) At(ReadOnlySpan<byte> text)
    {
        if (text.Length >= Shortest)
        {
            return _byBeginning.TryGetValue(BinaryPrimitives.ReadUInt32LittleEndian(text), out var candidates)
                ? Compare(text, candidates)
                : (0, false);
        }

        return Compare(text, _secrets);
    }

    private static (int Length, bool MayGoOn) Compare(ReadOnlySpan<byte> text, byte[][] secrets)
    {
        var length = 0;
        var mayGoOn = false;
        foreach (var secret in secrets)
        {
            if (secret.Length > text.Length)
            {
                mayGoOn |= secret.AsSpan().StartsWith(text);
            }
            else if (secret.Length > length && text.StartsWith(secret))
            {
                length = secret.Length;
            }
        }

        return (length, mayGoOn);
    }
}
