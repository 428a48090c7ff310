using System.Runtime.InteropServices;
using System.Text;
using Aios.Platform;

namespace Aios.Running.Linux;

/// <summary>A null-terminated array of C strings, as execve takes it, in one piece of native memory.</summary>
internal unsafe ref struct NativeStrings
{
    private byte* _memory;

    public NativeStrings(IReadOnlyList<string> strings)
    {
        var size = (strings.Count + 1) * sizeof(byte*);
        for (var i = 0; i < strings.Count; i++)
        {
            size += Encoding.UTF8.GetMaxByteCount(strings[i].Length) + 1;
        }

        _memory = (byte*)NativeMemory.Alloc((nuint)size);
        var end = _memory + size;
        var next = _memory + ((strings.Count + 1) * sizeof(byte*));
        for (var i = 0; i < strings.Count; i++)
        {
            Pointer[i] = next;
            next = Append(next, end, strings[i]);
            *next++ = 0;
        }

        Pointer[strings.Count] = null;
    }

    /// <summary>Each pair as <c>name=value</c>.</summary>
    public NativeStrings(IReadOnlyList<KeyValuePair<string, string>> pairs)
    {
        var size = (pairs.Count + 1) * sizeof(byte*);
        for (var i = 0; i < pairs.Count; i++)
        {
            size += Encoding.UTF8.GetMaxByteCount(pairs[i].Key.Length) + Encoding.UTF8.GetMaxByteCount(pairs[i].Value.Length) + 2;
        }

        _memory = (byte*)NativeMemory.Alloc((nuint)size);
        var end = _memory + size;
        var next = _memory + ((pairs.Count + 1) * sizeof(byte*));
        for (var i = 0; i < pairs.Count; i++)
        {
            Pointer[i] = next;
            next = Append(next, end, pairs[i].Key);
            *next++ = (byte)'=';
            next = Append(next, end, pairs[i].Value);
            *next++ = 0;
        }

        Pointer[pairs.Count] = null;
    }

    public readonly byte** Pointer => (byte**)_memory;

    public void Dispose()
    {
        NativeMemory.Free(_memory);
        _memory = null;
    }

    // What stands for a byte of a file name that is not UTF-8 becomes that byte.
    private static byte* Append(byte* next, byte* end, ReadOnlySpan<char> text)
    {
        for (var at = RawJson.LoneSurrogate(text); at >= 0; at = RawJson.LoneSurrogate(text))
        {
            if (!RawJson.IsByte(text[at]))
                break;
            next += Encoding.UTF8.GetBytes(text[..at], new Span<byte>(next, (int)(end - next)));
            *next++ = RawJson.ByteOf(text[at]);
            text = text[(at + 1)..];
        }

        return next + Encoding.UTF8.GetBytes(text, new Span<byte>(next, (int)(end - next)));
    }
}
