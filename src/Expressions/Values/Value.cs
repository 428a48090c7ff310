using System.Text.Json;
using Aios.Platform;

namespace Aios.Expressions;

/// <summary>
/// A value of CEL. One that was made of JSON keeps its text: <see cref="ToJson"/> returns it byte for byte. Lists and maps of
/// JSON are read where they are looked at. Thread-safe.
/// </summary>
internal readonly struct Value
{
    // A string, JsonString, byte[], ListValue, MapValue or ExpressionException; of a number, its text in JSON if that is not
    // the usual one.
    private readonly object? _object;

    // The number, the bits of the double, the truth, the kind that a type is of, the nanoseconds of a duration, or the
    // seconds of a timestamp.
    private readonly long _bits;
    private readonly int _nanos;

    private Value(ValueKind kind, long bits, object? content = null, int nanos = 0)
    {
        Kind = kind;
        _bits = bits;
        _object = content;
        _nanos = nanos;
    }

    public static Value Null => default;

    public static Value True => new(ValueKind.Bool, 1);

    public static Value False => new(ValueKind.Bool, 0);

    public ValueKind Kind { get; }

    public bool IsTrue => Kind == ValueKind.Bool && _bits != 0;

    public bool IsFalse => Kind == ValueKind.Bool && _bits == 0;

    public bool IsNumber => Kind is ValueKind.Int or ValueKind.Uint or ValueKind.Double;

    internal bool IsError => Kind == ValueKind.Error;

    public static Value Of(bool value) => new(ValueKind.Bool, value ? 1 : 0);

    public static Value Of(long value) => new(ValueKind.Int, value);

    public static Value Of(ulong value) => new(ValueKind.Uint, unchecked((long)value));

    public static Value Of(double value) => new(ValueKind.Double, BitConverter.DoubleToInt64Bits(value));

    public static Value Of(string? value) => value is null ? default : new(ValueKind.String, 0, value);

    public static Value Of(byte[] value) => new(ValueKind.Bytes, 0, value);

    public static Value Of(ListValue value) => new(ValueKind.List, 0, value);

    public static Value Of(MapValue value) => new(ValueKind.Map, 0, value);

    public static Value Of(IReadOnlyList<Value> items) => Of(new BuiltList(items));

    /// <summary>A map with these names, in their order.</summary>
    public static Value Of(IEnumerable<KeyValuePair<string, Value>> members) => Of(BuiltMap.Of(members));

    public static Value Of(Timestamp value) => new(ValueKind.Timestamp, value.Seconds, null, value.Nanoseconds);

    public static Value Of(Duration value) => new(ValueKind.Duration, value.Nanoseconds);

    public static Value OfType(ValueKind kind) => new(ValueKind.Type, (long)kind);

    internal static Value OfError(ExpressionException error) => new(ValueKind.Error, 0, error);

    /// <exception cref="ExpressionException">It is not JSON.</exception>
    public static Value OfJson(string json)
    {
        var utf8 = JsonInput.ToUtf8(json);
        try
        {
            return Of(JsonElement.Parse(utf8, DeepJson.Options));
        }
        catch (JsonException error)
        {
            throw JsonInput.NotJson(utf8, error);
        }
    }

    /// <summary>A value of JSON. A whole number is an int if it fits into 64 bits; other numbers are doubles.</summary>
    /// <param name="element">Of a document that is not disposed of while the value is used.</param>
    public static Value Of(JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.True => True,
            JsonValueKind.False => False,
            JsonValueKind.Number => OfNumber(element),
            JsonValueKind.String => new Value(ValueKind.String, 0, new JsonString(element)),
            JsonValueKind.Array => Of(new JsonList(element)),
            JsonValueKind.Object => Of(new JsonMap(element)),
            _ => default,
        };

    public bool AsBool() => Of(ValueKind.Bool)._bits != 0;

    public long AsInt() => Of(ValueKind.Int)._bits;

    public ulong AsUint() => unchecked((ulong)Of(ValueKind.Uint)._bits);

    public double AsDouble() => BitConverter.Int64BitsToDouble(Of(ValueKind.Double)._bits);

    public string AsString() => Of(ValueKind.String)._object as string ?? ((JsonString)_object!).Text;

    public byte[] AsBytes() => (byte[])Of(ValueKind.Bytes)._object!;

    public ListValue AsList() => (ListValue)Of(ValueKind.List)._object!;

    public MapValue AsMap() => (MapValue)Of(ValueKind.Map)._object!;

    public Timestamp AsTimestamp() => new(Of(ValueKind.Timestamp)._bits, _nanos);

    public Duration AsDuration() => new(Of(ValueKind.Duration)._bits);

    public ValueKind AsType() => (ValueKind)Of(ValueKind.Type)._bits;

    internal ExpressionException AsError() => (ExpressionException)Of(ValueKind.Error)._object!;

    /// <summary>The truth of a condition.</summary>
    /// <exception cref="ExpressionException">It is not a bool.</exception>
    public bool AsCondition() =>
        Kind == ValueKind.Bool
            ? _bits != 0
            : throw new ExpressionException($"the condition is {Description.Of(this)}, expected true or false", 0);

    /// <summary>The value as JSON: a text that came from JSON as it was there.</summary>
    /// <exception cref="ExpressionException">It is longer than <see cref="Limits.Result"/>, or a type.</exception>
    public string ToJson()
    {
        var output = new JsonOutput();
        output.Write(this);
        return output.ToString();
    }

    /// <summary>A string as it is, null as nothing, anything else as JSON without quotes around it.</summary>
    /// <exception cref="ExpressionException">As of <see cref="ToJson"/>.</exception>
    public string ToText() =>
        Kind switch
        {
            ValueKind.Null => "",
            ValueKind.String => AsString(),
            ValueKind.Timestamp => AsTimestamp().ToString(),
            ValueKind.Duration => AsDuration().ToString(),
            ValueKind.Bytes => Convert.ToBase64String(AsBytes()),
            _ => ToJson(),
        };

    public override string ToString() => Description.Of(this);

    /// <summary>How it stands in the JSON that it came from; null if it was computed, or if that is the usual form.</summary>
    internal string? RawJson() =>
        _object switch
        {
            JsonString text => text.Raw,
            string text when IsNumber => text,
            _ => null,
        };

    private static Value OfNumber(JsonElement element)
    {
        if (element.TryGetInt64(out var whole))
            return whole == 0 && element.GetRawText() is ['-', ..] raw ? new(ValueKind.Int, 0, raw) : Of(whole);
        _ = element.TryGetDouble(out var number);
        return new Value(ValueKind.Double, BitConverter.DoubleToInt64Bits(number), element.GetRawText());
    }

    private Value Of(ValueKind kind) =>
        Kind == kind ? this : throw new InvalidOperationException($"The value is {Description.Of(this)}, not of the kind {kind}.");
}
