using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Aios.Telemetry;

/// <summary>Writes messages in the wire format of Protocol Buffers. A field that holds nothing is left out, as the format has it.</summary>
internal sealed class ProtoWriter
{
    private const int Varint = 0;
    private const int Fixed64 = 1;
    private const int Bytes = 2;

    private readonly ArrayBufferWriter<byte> _bytes = new();

    /// <summary>What was written.</summary>
    public byte[] ToArray() => _bytes.WrittenSpan.ToArray();

    /// <summary>A whole number, also an enumeration.</summary>
    public void Whole(int field, long value)
    {
        Tag(field, Varint);
        PutVarint((ulong)value);
    }

    /// <summary>A text.</summary>
    public void Text(int field, string value)
    {
        if (value.Length > 0)
            Block(field, Encoding.UTF8.GetBytes(value));
    }

    /// <summary>An id that is written in hexadecimal digits.</summary>
    public void Id(int field, string? digits)
    {
        if (digits is not null)
            Block(field, Convert.FromHexString(digits));
    }

    /// <summary>An instant, in nanoseconds since 1970.</summary>
    public void Instant(int field, DateTimeOffset value) => Long(field, (ulong)Math.Max(0, (value - DateTimeOffset.UnixEpoch).Ticks) * 100);

    /// <summary>A number of 64 bits.</summary>
    public void Long(int field, ulong value)
    {
        Tag(field, Fixed64);
        PutLong(value);
    }

    /// <summary>A fraction.</summary>
    public void Double(int field, double value) => Long(field, BitConverter.DoubleToUInt64Bits(value));

    /// <summary>A message within.</summary>
    public void Message(int field, Action<ProtoWriter> write)
    {
        var inner = new ProtoWriter();
        write(inner);
        Block(field, inner.ToArray());
    }

    /// <summary>Numbers of 64 bits, one behind the other.</summary>
    public void Packed(int field, IEnumerable<ulong> values)
    {
        var inner = new ProtoWriter();
        foreach (var value in values)
            inner.PutLong(value);
        Block(field, inner.ToArray());
    }

    private void Block(int field, byte[] bytes)
    {
        Tag(field, Bytes);
        PutVarint((ulong)bytes.Length);
        _bytes.Write(bytes);
    }

    private void Tag(int field, int type) => PutVarint(((ulong)field << 3) | (uint)type);

    private void PutLong(ulong value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        _bytes.Write(bytes);
    }

    private void PutVarint(ulong value)
    {
        while (value >= 0x80)
        {
            _bytes.Write([(byte)(value | 0x80)]);
            value >>= 7;
        }

        _bytes.Write([(byte)value]);
    }
}
