using System.Globalization;
using System.Text;

namespace Aios.Expressions.Syntax;

/// <summary>Reads numbers, strings and bytes.</summary>
internal static class Literals
{
    /// <summary>An int, uint or double.</summary>
    /// <param name="sign">"-" or nothing: the smallest int has no positive form.</param>
    public static Value Number(TokenKind kind, ReadOnlySpan<char> text, string sign, int position)
    {
        if (kind == TokenKind.Double)
            return Value.Of(double.Parse($"{sign}{text}", NumberStyles.Float, CultureInfo.InvariantCulture));
        var digits = kind == TokenKind.Uint ? text[..^1] : text;
        var isHex = digits is ['0', 'x' or 'X', ..];
        var style = isHex ? NumberStyles.AllowHexSpecifier : NumberStyles.None;
        if (isHex)
            digits = digits[2..];
        if (!ulong.TryParse(digits, style, CultureInfo.InvariantCulture, out var magnitude))
            throw Failure($"{text} is {(digits.IsEmpty ? "not a number" : $"too large for {Article(kind)}")}", position);
        if (kind == TokenKind.Uint)
            return Value.Of(magnitude);
        if (magnitude > (ulong)long.MaxValue + (sign == "-" ? 1u : 0u))
            throw Failure($"{sign}{text} is too large for {Article(kind)}", position);
        return Value.Of(unchecked(sign == "-" ? -(long)magnitude : (long)magnitude));
    }

    /// <summary>The text that a string literal with its quotes and its prefix stands for.</summary>
    public static string Text(ReadOnlySpan<char> literal, int position)
    {
        var content = Content(literal, out var isRaw, out var start);
        if (isRaw || !content.Contains('\\'))
            return content.ToString();
        var text = new StringBuilder(content.Length);
        for (var at = 0; at < content.Length; )
        {
            if (content[at] != '\\')
            {
                text.Append(content[at++]);
                continue;
            }

            var code = Escape(content, ref at, position + start);
            if (!Rune.TryCreate(code, out var rune))
                throw Failure("the escape sequence names no character of Unicode", position + start + at);
            text.Append(rune);
        }

        return text.ToString();
    }

    /// <summary>
    /// The bytes that a bytes literal stands for: its text in UTF-8, with an octet for each \x and each octal escape sequence.
    /// </summary>
    public static byte[] Bytes(ReadOnlySpan<char> literal, int position)
    {
        var content = Content(literal, out var isRaw, out var start);
        if (isRaw || !content.Contains('\\'))
            return Encoding.UTF8.GetBytes(content.ToString());
        var bytes = new List<byte>();
        Span<byte> encoded = stackalloc byte[4];
        for (var at = 0; at < content.Length; )
        {
            if (content[at] == '\\')
            {
                if (content.Length > at + 1 && content[at + 1] is 'u' or 'U')
                    throw Failure("bytes have no escape sequences with \\u; write \\x", position + start + at);
                bytes.Add((byte)Escape(content, ref at, position + start));
                continue;
            }

            _ = Rune.DecodeFromUtf16(content[at..], out var rune, out var length);
            bytes.AddRange(encoded[..rune.EncodeToUtf8(encoded)]);
            at += length;
        }

        return [.. bytes];
    }

    private static ReadOnlySpan<char> Content(ReadOnlySpan<char> literal, out bool isRaw, out int start)
    {
        start = literal.IndexOfAny('"', '\'');
        isRaw = start > 0 && literal[start - 1] is 'r' or 'R';
        var quotes = literal.Length - start >= 6 && literal[start + 1] == literal[start] && literal[start + 2] == literal[start] ? 3 : 1;
        start += quotes;
        return literal[start..^quotes];
    }

    private static int Escape(ReadOnlySpan<char> content, ref int at, int position)
    {
        var first = at++;
        var letter = at < content.Length ? content[at++] : '\0';
        switch (letter)
        {
            case 'a':
                return '\a';
            case 'b':
                return '\b';
            case 'f':
                return '\f';
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 't':
                return '\t';
            case 'v':
                return '\v';
            case '\\' or '?' or '"' or '\'' or '`':
                return letter;
            case 'x' or 'X':
                return Digits(content, ref at, 2, NumberStyles.AllowHexSpecifier, position);
            case 'u':
                return Digits(content, ref at, 4, NumberStyles.AllowHexSpecifier, position);
            case 'U':
                return Digits(content, ref at, 8, NumberStyles.AllowHexSpecifier, position);
            case >= '0' and <= '3':
                at--;
                return Octal(content, ref at, position);
            default:
                throw Failure(
                    $"found the escape sequence {Description.Quoted($"\\{letter}")}; write \"\\\\\" for a backslash, or r\"...\"",
                    position + first
                );
        }
    }

    private static int Octal(ReadOnlySpan<char> content, ref int at, int position)
    {
        var code = 0;
        for (var end = at + 3; at < end; at++)
        {
            if (at >= content.Length || content[at] is < '0' or > '7')
                throw Failure("an octal escape sequence has 3 digits, \\000 to \\377", position + at);
            code = code * 8 + content[at] - '0';
        }

        return code;
    }

    private static int Digits(ReadOnlySpan<char> content, ref int at, int count, NumberStyles style, int position)
    {
        if (
            content.Length - at < count
            || !uint.TryParse(content.Slice(at, count), style, CultureInfo.InvariantCulture, out var code)
            || code > int.MaxValue
        )
            throw Failure($"the escape sequence \\{content[at - 1]} needs {count} hexadecimal digits", position + at);
        at += count;
        return (int)code;
    }

    private static string Article(TokenKind kind) => kind == TokenKind.Uint ? "a uint (64 bits)" : "an int (64 bits)";

    private static ExpressionException Failure(string what, int position) => new($"character {position + 1}: {what}", position);
}
