using System.Globalization;
using System.Text;

namespace Aios.Expressions.Functions;

/// <summary>From one type to another, and what works on many types.</summary>
internal static class Conversions
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    public static IEnumerable<Function> All =>
        [
            new("size(value)", 1, 1, Size),
            new("value.size()", 1, 1, Size),
            new("type(value)", 1, 1, call => Value.OfType(call[0].Kind)),
            new("dyn(value)", 1, 1, call => call[0]),
            new("int(value)", 1, 1, ToInt),
            new("uint(value)", 1, 1, ToUint),
            new("double(value)", 1, 1, ToDouble),
            new("string(value)", 1, 1, ToText),
            new("bytes(value)", 1, 1, ToBytes),
            new("bool(value)", 1, 1, ToBool),
            new("duration(value)", 1, 1, ToDuration),
            new("timestamp(value)", 1, 1, ToTimestamp),
        ];

    private static Value Size(Call call) =>
        call[0].Kind switch
        {
            ValueKind.String => Value.Of((long)Characters.Count(call[0].AsString())),
            ValueKind.Bytes => Value.Of((long)call[0].AsBytes().Length),
            ValueKind.List => Value.Of((long)call[0].AsList().Count),
            ValueKind.Map => Value.Of((long)call[0].AsMap().Count),
            _ => call.Fail(0, "a string, bytes, a list or a map"),
        };

    private static Value ToInt(Call call)
    {
        var value = call[0];
        switch (value.Kind)
        {
            case ValueKind.Int:
                return value;
            case ValueKind.Uint:
                return Comparison.ToWhole(value) is { } small ? Value.Of(small) : OutOfRange(call, "an int");
            case ValueKind.Double:
                return Comparison.Truncate(value.AsDouble()) is { } whole ? Value.Of(whole) : OutOfRange(call, "an int");
            case ValueKind.Timestamp:
                return Value.Of(value.AsTimestamp().Seconds);
            case ValueKind.String:
                return long.TryParse(value.AsString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var parsed)
                    ? Value.Of(parsed)
                    : call.Fail(0, "a whole number of 64 bits as a text");
            default:
                return call.Fail(0, "a number, a string or a timestamp");
        }
    }

    private static Value ToUint(Call call)
    {
        var value = call[0];
        switch (value.Kind)
        {
            case ValueKind.Uint:
                return value;
            case ValueKind.Int:
                return value.AsInt() >= 0 ? Value.Of((ulong)value.AsInt()) : OutOfRange(call, "a uint");
            case ValueKind.Double:
                return Comparison.TruncateUnsigned(value.AsDouble()) is { } whole ? Value.Of(whole) : OutOfRange(call, "a uint");
            case ValueKind.String:
                return ulong.TryParse(value.AsString(), NumberStyles.None, CultureInfo.InvariantCulture, out var parsed)
                    ? Value.Of(parsed)
                    : call.Fail(0, "a whole number of 64 bits, 0 or more, as a text");
            default:
                return call.Fail(0, "a number or a string");
        }
    }

    private static Value ToDouble(Call call)
    {
        var value = call[0];
        if (value.Kind == ValueKind.Double)
            return value;
        if (value.IsNumber)
            return Value.Of(Comparison.ToDouble(value));
        if (value.Kind != ValueKind.String)
            return call.Fail(0, "a number or a string");
        return double.TryParse(value.AsString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var parsed)
            ? Value.Of(parsed)
            : call.Fail(0, "a number as a text");
    }

    private static Value ToText(Call call)
    {
        var value = call[0];
        switch (value.Kind)
        {
            case ValueKind.String:
                return value;
            case ValueKind.Bytes:
                return Decoded(call, value.AsBytes());
            case ValueKind.Double:
                return Value.Of(TextOf(value.AsDouble()));
            case ValueKind.Int:
                return Value.Of(value.AsInt().ToString(CultureInfo.InvariantCulture));
            case ValueKind.Bool or ValueKind.Uint or ValueKind.Timestamp or ValueKind.Duration:
                return Value.Of(value.ToText());
            case ValueKind.Type:
                return Value.Of(TypeNames.Of(value.AsType()));
            default:
                return call.Fail(0, "a value that is not null, a list or a map");
        }
    }

    private static string TextOf(double number) =>
        double.IsPositiveInfinity(number) ? "Infinity"
        : double.IsNegativeInfinity(number) ? "-Infinity"
        : number.ToString("R", CultureInfo.InvariantCulture).Replace('E', 'e');

    private static Value Decoded(Call call, byte[] bytes)
    {
        try
        {
            call.Evaluation.Make(2L * bytes.Length);
            return Value.Of(StrictUtf8.GetString(bytes));
        }
        catch (DecoderFallbackException)
        {
            return call.Fail("the bytes are not UTF-8");
        }
    }

    private static Value ToBytes(Call call)
    {
        if (call[0].Kind == ValueKind.Bytes)
            return call[0];
        if (call[0].Kind != ValueKind.String)
            return call.Fail(0, "a string or bytes");
        call.Evaluation.Make(3L * call[0].AsString().Length);
        return Value.Of(Encoding.UTF8.GetBytes(call[0].AsString()));
    }

    private static Value ToBool(Call call)
    {
        if (call[0].Kind == ValueKind.Bool)
            return call[0];
        return call[0].Kind == ValueKind.String
            ? call[0].AsString() switch
            {
                "1" or "t" or "T" or "true" or "TRUE" or "True" => Value.True,
                "0" or "f" or "F" or "false" or "FALSE" or "False" => Value.False,
                _ => call.Fail(0, "\"true\", \"false\", \"1\" or \"0\""),
            }
            : call.Fail(0, "a bool or a string");
    }

    private static Value ToDuration(Call call)
    {
        if (call[0].Kind == ValueKind.Duration)
            return call[0];
        if (call[0].Kind != ValueKind.String)
            return call.Fail(0, "a string such as \"1h30m\"");
        return Duration.TryParse(call[0].AsString(), out var duration)
            ? Value.Of(duration)
            : call.Fail(0, "a duration of at most 292 years such as \"1h30m\", with the units h, m, s, ms, us and ns");
    }

    private static Value ToTimestamp(Call call)
    {
        switch (call[0].Kind)
        {
            case ValueKind.Timestamp:
                return call[0];
            case ValueKind.Int:
                return Timestamp.IsInRange(call[0].AsInt())
                    ? Value.Of(new Timestamp(call[0].AsInt(), 0))
                    : call.Fail(0, "seconds since 1970 in the years 1 to 9999");
            case ValueKind.String:
                return Timestamp.TryParse(call[0].AsString(), out var timestamp)
                    ? Value.Of(timestamp)
                    : call.Fail(0, "an instant such as \"2026-11-30T09:00:00Z\"");
            default:
                return call.Fail(0, "a string or the seconds since 1970 as an int");
        }
    }

    private static Value OutOfRange(Call call, string type) => call.Fail($"{Description.Of(call[0])} does not fit into {type} (64 bits)");
}
