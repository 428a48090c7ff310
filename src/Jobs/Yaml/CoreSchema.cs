using System.Globalization;

namespace Aios.Jobs.Yaml;

/// <summary>What a plain (unquoted) text means by YAML's core schema.</summary>
internal static class CoreSchema
{
    public static bool IsNull(string text) => text is "" or "~" or "null" or "Null" or "NULL";

    public static bool? Boolean(string text) =>
        text switch
        {
            "true" or "True" or "TRUE" => true,
            "false" or "False" or "FALSE" => false,
            _ => null,
        };

    /// <summary>Whether the text is one of the numbers that JSON has no word for.</summary>
    public static bool IsNotFinite(string text) => text.TrimStart('+', '-') is ".inf" or ".Inf" or ".INF" or ".nan" or ".NaN" or ".NAN";

    /// <summary>
    /// The number as JSON writes it, or null if the text is no number. Digits are kept as written, so that no
    /// precision is lost on the way.
    /// </summary>
    public static string? Number(string text)
    {
        if (text.StartsWith("0x", StringComparison.Ordinal))
            return Radix(text.AsSpan(2), 16);
        if (text.StartsWith("0o", StringComparison.Ordinal))
            return Radix(text.AsSpan(2), 8);

        var at = 0;
        var sign = text.StartsWith('-') ? "-" : "";
        if (text.StartsWith('-') || text.StartsWith('+'))
            at++;
        var whole = Digits(text, ref at);
        var isFraction = at < text.Length && text[at] == '.';
        if (isFraction)
            at++;
        var fraction = isFraction ? Digits(text, ref at) : "";
        if (whole.Length + fraction.Length == 0)
            return null;
        if (!TryExponent(text, ref at, out var exponent) || at != text.Length)
            return null;

        var trimmed = whole.TrimStart('0');
        return sign + (trimmed.Length == 0 ? "0" : trimmed) + (isFraction ? "." + (fraction.Length == 0 ? "0" : fraction) : "") + exponent;
    }

    private static string Digits(string text, ref int at)
    {
        var start = at;
        while (at < text.Length && char.IsAsciiDigit(text[at]))
            at++;
        return text[start..at];
    }

    private static bool TryExponent(string text, ref int at, out string exponent)
    {
        exponent = "";
        if (at >= text.Length || text[at] is not ('e' or 'E'))
            return true;

        var start = at++;
        if (at < text.Length && text[at] is '+' or '-')
            at++;
        var digits = Digits(text, ref at);
        exponent = text[start..at];
        return digits.Length > 0;
    }

    private static string? Radix(ReadOnlySpan<char> digits, uint radix)
    {
        if (digits.IsEmpty)
            return null;

        UInt128 value = 0;
        foreach (var digit in digits)
        {
            var worth = char.IsAsciiHexDigit(digit) ? (uint)Convert.ToInt32(digit.ToString(), 16) : radix;
            if (worth >= radix || value > UInt128.MaxValue / radix - 1)
                return null;
            value = value * radix + worth;
        }

        return value.ToString(CultureInfo.InvariantCulture);
    }
}
