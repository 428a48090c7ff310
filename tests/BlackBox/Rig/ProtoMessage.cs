using System.Buffers.Binary;
using System.Text;

namespace Aios.Tests.BlackBox;

/// <summary>A message of Protocol Buffers, taken apart by the wire format alone.</summary>
internal sealed class ProtoMessage
{
    private readonly List<(int Field, ulong Number, byte[]? Bytes)> _fields = [];

    /// <summary>Takes it apart; what is not well formed throws.</summary>
    public static ProtoMessage Read(byte[] bytes)
    {
        var message = new ProtoMessage();
        var at = 0;
        while (at < bytes.Length)
        {
            var tag = Varint(bytes, ref at);
            var field = (int)(tag >> 3);
            switch (tag & 7)
            {
                case 0:
                    message._fields.Add((field, Varint(bytes, ref at), null));
                    break;
                case 1:
                    message._fields.Add((field, BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(at, 8)), null));
                    at += 8;
                    break;
                case 2:
                    var length = (int)Varint(bytes, ref at);
                    message._fields.Add((field, 0, bytes[at..(at + length)]));
                    at += length;
                    break;
                default:
                    throw new FormatException($"wire type {tag & 7} at {at}");
            }
        }

        return message;
    }

    public bool Has(int field) => _fields.Any(found => found.Field == field);

    public IEnumerable<ProtoMessage> Messages(int field) =>
        _fields.Where(found => found.Field == field).Select(found => Read(found.Bytes!));

    public string Text(int field) => Encoding.UTF8.GetString(Bytes(field));

    public string Hex(int field) => Convert.ToHexStringLower(Bytes(field));

    public long Whole(int field) => (long)_fields.FirstOrDefault(found => found.Field == field).Number;

    public ulong Fixed(int field) => _fields.FirstOrDefault(found => found.Field == field).Number;

    private byte[] Bytes(int field) => _fields.FirstOrDefault(found => found.Field == field).Bytes ?? [];

    private static ulong Varint(byte[] bytes, ref int at)
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var next = bytes[at++];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
                return value;
        }
    }
}
