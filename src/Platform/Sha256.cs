using System.Buffers.Binary;
using System.Numerics;

namespace Aios.Platform;

/// <summary>
/// SHA-256 (FIPS 180-4). The runtime's own needs OpenSSL at run time and ends the process where there is none, which no
/// request and no key may bring about.
/// </summary>
internal static class Sha256
{
    /// <summary>Bytes of a hash.</summary>
    public const int Size = 32;

    private const int BlockSize = 64;
    private const int BlocksAtOnce = 4096;

    private static readonly uint[] Beginning =
    [
        0x6a09e667,
        0xbb67ae85,
        0x3c6ef372,
        0xa54ff53a,
        0x510e527f,
        0x9b05688c,
        0x1f83d9ab,
        0x5be0cd19,
    ];

    private static readonly uint[] Constants =
    [
        0x428a2f98,
        0x71374491,
        0xb5c0fbcf,
        0xe9b5dba5,
        0x3956c25b,
        0x59f111f1,
        0x923f82a4,
        0xab1c5ed5,
        0xd807aa98,
        0x12835b01,
        0x243185be,
        0x550c7dc3,
        0x72be5d74,
        0x80deb1fe,
        0x9bdc06a7,
        0xc19bf174,
        0xe49b69c1,
        0xefbe4786,
        0x0fc19dc6,
        0x240ca1cc,
        0x2de92c6f,
        0x4a7484aa,
        0x5cb0a9dc,
        0x76f988da,
        0x983e5152,
        0xa831c66d,
        0xb00327c8,
        0xbf597fc7,
        0xc6e00bf3,
        0xd5a79147,
        0x06ca6351,
        0x14292967,
        0x27b70a85,
        0x2e1b2138,
        0x4d2c6dfc,
        0x53380d13,
        0x650a7354,
        0x766a0abb,
        0x81c2c92e,
        0x92722c85,
        0xa2bfe8a1,
        0xa81a664b,
        0xc24b8b70,
        0xc76c51a3,
        0xd192e819,
        0xd6990624,
        0xf40e3585,
        0x106aa070,
        0x19a4c116,
        0x1e376c08,
        0x2748774c,
        0x34b0bcb5,
        0x391c0cb3,
        0x4ed8aa4a,
        0x5b9cca4f,
        0x682e6ff3,
        0x748f82ee,
        0x78a5636f,
        0x84c87814,
        0x8cc70208,
        0x90befffa,
        0xa4506ceb,
        0xbef9a3f7,
        0xc67178f2,
    ];

    /// <summary>The hash of the bytes.</summary>
    public static byte[] Of(ReadOnlySpan<byte> bytes)
    {
        Span<uint> state = [.. Beginning];
        var whole = bytes.Length / BlockSize * BlockSize;
        MixAll(state, bytes[..whole]);
        return Finish(state, bytes[whole..], bytes.Length);
    }

    /// <summary>The hash of all that a stream holds from where it is.</summary>
    public static byte[] Of(Stream stream)
    {
        Span<uint> state = [.. Beginning];
        var buffer = new byte[BlocksAtOnce * BlockSize];
        for (var length = 0L; ; )
        {
            var count = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            length += count;
            var whole = count / BlockSize * BlockSize;
            MixAll(state, buffer.AsSpan(0, whole));
            if (count < buffer.Length)
                return Finish(state, buffer.AsSpan(whole, count - whole), length);
        }
    }

    private static void MixAll(Span<uint> state, ReadOnlySpan<byte> blocks)
    {
        for (var i = 0; i < blocks.Length; i += BlockSize)
            Mix(state, blocks.Slice(i, BlockSize));
    }

    private static byte[] Finish(Span<uint> state, ReadOnlySpan<byte> rest, long length)
    {
        Span<byte> padded = stackalloc byte[2 * BlockSize];
        MixAll(state, padded[..Pad(rest, length, padded)]);
        var hash = new byte[Size];
        for (var i = 0; i < state.Length; i++)
            BinaryPrimitives.WriteUInt32BigEndian(hash.AsSpan(4 * i), state[i]);
        return hash;
    }

    // A one bit, zeros, and the length in bits at the end of the last block.
    private static int Pad(ReadOnlySpan<byte> rest, long length, Span<byte> padded)
    {
        padded.Clear();
        rest.CopyTo(padded);
        padded[rest.Length] = 0x80;
        var end = rest.Length + 9 <= BlockSize ? BlockSize : 2 * BlockSize;
        BinaryPrimitives.WriteUInt64BigEndian(padded[(end - 8)..], 8UL * (ulong)length);
        return end;
    }

    private static void Mix(Span<uint> state, ReadOnlySpan<byte> block)
    {
        Span<uint> words = stackalloc uint[BlockSize];
        Expand(block, words);
        var (a, b, c, d, e, f, g, h) = (state[0], state[1], state[2], state[3], state[4], state[5], state[6], state[7]);
        for (var i = 0; i < words.Length; i++)
        {
            var sum1 = BitOperations.RotateRight(e, 6) ^ BitOperations.RotateRight(e, 11) ^ BitOperations.RotateRight(e, 25);
            var first = h + sum1 + ((e & f) ^ (~e & g)) + Constants[i] + words[i];
            var sum0 = BitOperations.RotateRight(a, 2) ^ BitOperations.RotateRight(a, 13) ^ BitOperations.RotateRight(a, 22);
            var second = sum0 + ((a & b) ^ (a & c) ^ (b & c));
            (h, g, f, e, d, c, b, a) = (g, f, e, d + first, c, b, a, first + second);
        }

        ReadOnlySpan<uint> mixed = [a, b, c, d, e, f, g, h];
        for (var i = 0; i < mixed.Length; i++)
            state[i] += mixed[i];
    }

    private static void Expand(ReadOnlySpan<byte> block, Span<uint> words)
    {
        for (var i = 0; i < 16; i++)
            words[i] = BinaryPrimitives.ReadUInt32BigEndian(block[(4 * i)..]);
        for (var i = 16; i < words.Length; i++)
        {
            var s0 = BitOperations.RotateRight(words[i - 15], 7) ^ BitOperations.RotateRight(words[i - 15], 18) ^ (words[i - 15] >> 3);
            var s1 = BitOperations.RotateRight(words[i - 2], 17) ^ BitOperations.RotateRight(words[i - 2], 19) ^ (words[i - 2] >> 10);
            words[i] = words[i - 16] + s0 + words[i - 7] + s1;
        }
    }
}
