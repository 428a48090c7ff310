using System.Buffers;
using System.Globalization;
using System.Text;
using Aios.Platform;

namespace Aios.Expressions;

/// <summary>Writes values as JSON, at most <see cref="Limits.Result"/> characters.</summary>
internal sealed class JsonOutput
{
    private static readonly SearchValues<char> NotPlain = SearchValues.Create([
        '"',
        '\\',
        .. Enumerable.Range(0, 0x20).Select(code => (char)code),
        .. Enumerable.Range(0xD800, 0x800).Select(code => (char)code),
    ]);

    private readonly StringBuilder _text = new();

    public override string ToString() => _text.ToString();

    public JsonOutput Write(in Value value)
    {
        if (value.RawJson() is { } raw)
            return Append(raw);
        switch (value.Kind)
        {
            case ValueKind.List:
                WriteList(value.AsList());
                return this;
            case ValueKind.Map:
                WriteMap(value.AsMap());
                return this;
            case ValueKind.String:
                return WriteString(value.AsString());
            case ValueKind.Bytes or ValueKind.Timestamp or ValueKind.Duration:
                return WriteString(value.ToText());
            case ValueKind.Int:
                _text.Append(CultureInfo.InvariantCulture, $"{value.AsInt()}");
                return Checked();
            case ValueKind.Double:
                return WriteDouble(value.AsDouble());
            case ValueKind.Type:
                throw new ExpressionException($"a type ({TypeNames.Of(value.AsType())}) cannot be a result; use string() or ==", 0);
            default:
                return Append(Scalar(value));
        }
    }

    /// <summary>A JSON string. Half of a surrogate pair is escaped, as Python does; other characters are not if they need not be.</summary>
    public JsonOutput WriteString(string text)
    {
        _text.Append('"');
        AppendEscaped(text);
        _text.Append('"');
        return Checked();
    }

    /// <summary>The inside of a JSON string.</summary>
    public JsonOutput AppendEscaped(string text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            var plain = text.AsSpan(at).IndexOfAny(NotPlain);
            if (plain < 0)
            {
                _text.Append(text, at, text.Length - at);
                break;
            }

            _text.Append(text, at, plain);
            at += plain;
            if (at + 1 < text.Length && char.IsSurrogatePair(text[at], text[at + 1]))
                _text.Append(text, at++, 2);
            else
                AppendEscape(text[at]);
        }

        return Checked();
    }

    /// <summary>JSON, with halves of surrogate pairs escaped.</summary>
    public JsonOutput AppendSurrogates(string json)
    {
        for (var at = 0; at < json.Length; at++)
        {
            if (RawJson.LoneSurrogate(json.AsSpan(at)) is var lone and >= 0)
            {
                _text.Append(json, at, lone);
                AppendEscape(json[at + lone]);
                at += lone;
                continue;
            }

            _text.Append(json, at, json.Length - at);
            break;
        }

        return this;
    }

    public JsonOutput Append(string json)
    {
        _text.Append(json);
        return Checked();
    }

    private static string Scalar(in Value value) =>
        value.Kind switch
        {
            ValueKind.Null => "null",
            ValueKind.Bool => value.AsBool() ? "true" : "false",
            ValueKind.Int => value.AsInt().ToString(CultureInfo.InvariantCulture),
            ValueKind.Uint => value.AsUint().ToString(CultureInfo.InvariantCulture),
            _ => throw new InvalidOperationException($"{value.Kind} is no scalar."),
        };

    // 3.0 stays a double in languages that know the difference. JSON has neither infinity nor NaN; they are strings, as in protobuf.
    private JsonOutput WriteDouble(double number)
    {
        if (double.IsNaN(number))
            return Append("\"NaN\"");
        if (double.IsInfinity(number))
            return Append(number > 0 ? "\"Infinity\"" : "\"-Infinity\"");
        var text = number.ToString("R", CultureInfo.InvariantCulture);
        return Append(text.AsSpan().IndexOfAny('.', 'E') < 0 ? $"{text}.0" : text);
    }

    private void WriteList(ListValue list)
    {
        if (list.RawJson is { } raw)
        {
            Append(raw);
            return;
        }

        var separator = "[";
        foreach (var item in list)
        {
            Append(separator).Write(item);
            separator = ",";
        }

        Append(separator == "[" ? "[]" : "]");
    }

    private void WriteMap(MapValue map)
    {
        if (map.RawJson is { } raw)
        {
            Append(raw);
            return;
        }

        var separator = "{";
        foreach (var key in map.Keys)
        {
            map.TryGet(key, out var value);
            Append(separator).WriteString(key.Kind == ValueKind.String ? key.AsString() : Scalar(key)).Append(":").Write(value);
            separator = ",";
        }

        Append(separator == "{" ? "{}" : "}");
    }

    private void AppendEscape(char special)
    {
        var shortForm = special switch
        {
            '"' => "\\\"",
            '\\' => "\\\\",
            '\n' => "\\n",
            '\r' => "\\r",
            '\t' => "\\t",
            '\b' => "\\b",
            '\f' => "\\f",
            _ => null,
        };
        _text.Append(shortForm ?? $"\\u{(int)special:x4}");
    }

    private JsonOutput Checked() =>
        _text.Length <= Limits.Result
            ? this
            : throw new ExpressionException($"the result is longer than {Limits.Result / (1024 * 1024)} MiB", 0);
}
