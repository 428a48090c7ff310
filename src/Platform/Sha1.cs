using System.Buffers.Binary;
using System.Numerics;

namespace Aios.Platform;

/// <summary>
/// SHA-1 (RFC 3174), by which the two ends of a WebSocket greet each other; it protects nothing there. The runtime's own
/// needs OpenSSL, as with <see cref="Sha256"/>.
/// </summary>
internal static class Sha1
{
    private const int BlockSize = 64;

    /// <summary>The hash of the bytes, 20 bytes.</summary>
    public static byte[] Of(ReadOnlySpan<byte> bytes)
    {
        Span<uint> state = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0];
        var padded = new byte[(bytes.Length + 8 + BlockSize) / BlockSize * BlockSize];
        bytes.CopyTo(padded);
        padded[bytes.Length] = 0x80;
        BinaryPrimitives.WriteUInt64BigEndian(padded.AsSpan(padded.Length - 8), 8UL * (ulong)bytes.Length);
        for (var i = 0; i < padded.Length; i += BlockSize)
            Mix(state, padded.AsSpan(i, BlockSize));
        var hash = new byte[20];
        for (var i = 0; i < state.Length; i++)
            BinaryPrimitives.WriteUInt32BigEndian(hash.AsSpan(4 * i), state[i]);
        return hash;
    }

    private static void Mix(Span<uint> state, ReadOnlySpan<byte> block)
    {
        Span<uint> words = stackalloc uint[80];
        for (var i = 0; i < 16; i++)
            words[i] = BinaryPrimitives.ReadUInt32BigEndian(block[(4 * i)..]);
        for (var i = 16; i < words.Length; i++)
            words[i] = BitOperations.RotateLeft(words[i - 3] ^ words[i - 8] ^ words[i - 14] ^ words[i - 16], 1);
        var (a, b, c, d, e) = (state[0], state[1], state[2], state[3], state[4]);
        for (var i = 0; i < words.Length; i++)
        {
            var (mixed, constant) = i switch
            {
                < 20 => ((b & c) | (~b & d), 0x5a827999u),
                < 40 => (b ^ c ^ d, 0x6ed9eba1u),
                < 60 => ((b & c) | (b & d) | (c & d), 0x8f1bbcdcu),
                _ => (b ^ c ^ d, 0xca62c1d6u),
            };
            (a, b, c, d, e) = (BitOperations.RotateLeft(a, 5) + mixed + e + words[i] + constant, a, BitOperations.RotateLeft(b, 30), c, d);
        }

        ReadOnlySpan<uint> sums = [a, b, c, d, e];
        for (var i = 0; i < sums.Length; i++)
            state[i] += sums[i];
    }
}
