using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Aios.Models.Verification.Schemas;

/// <summary>The formats that strings are checked for; others are taken for notes.</summary>
internal static class SchemaFormats
{
    /// <summary>Whether a text has a format; true if the format is not known.</summary>
    public static bool Has(string format, string text) =>
        format switch
        {
            "date" => IsDate(text),
            "time" => IsTime(text),
            "date-time" => text.Length > 11 && text[10] is 'T' or 't' && IsDate(text[..10]) && IsTime(text[11..]),
            "email" => IsEmail(text),
            "uri" => IsUri(text),
            "uuid" => text.Length == 36 && Guid.TryParseExact(text, "D", out _),
            "ipv4" => IsAddress4(text),
            "ipv6" => IsAddress6(text),
            _ => true,
        };

    private static bool IsDate(string text) =>
        text.Length == 10
        && text.All(char.IsAscii)
        && DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    private static bool IsTime(string text)
    {
        if (
            text.Length < 9
            || Two(text, 0) is not { } hour
            || text[2] != ':'
            || Two(text, 3) is not { } minute
            || text[5] != ':'
            || Two(text, 6) is not { } second
        )
            return false;
        var at = 8;
        if (text[at] == '.')
        {
            at++;
            while (at < text.Length && char.IsAsciiDigit(text[at]))
                at++;
            if (at == 9)
                return false;
        }

        if (Offset(text[at..]) is not { } offset || hour > 23 || minute > 59 || second > 60)
            return false;
        // A leap second is the last one of a day of UTC.
        return second < 60 || ((hour * 60) + minute - offset + 2880) % 1440 == 1439;
    }

    // Minutes from UTC; null if it is no offset.
    private static int? Offset(string text)
    {
        if (text is "Z" or "z")
            return 0;
        if (
            text.Length != 6
            || text[0] is not ('+' or '-')
            || text[3] != ':'
            || Two(text, 1) is not (>= 0 and <= 23)
            || Two(text, 4) is not (>= 0 and <= 59)
        )
            return null;
        var minutes = (Two(text, 1)!.Value * 60) + Two(text, 4)!.Value;
        return text[0] == '+' ? minutes : -minutes;
    }

    private static int? Two(string text, int at) =>
        char.IsAsciiDigit(text[at]) && char.IsAsciiDigit(text[at + 1]) ? ((text[at] - '0') * 10) + text[at + 1] - '0' : null;

    private static bool IsEmail(string text)
    {
        var sign = text.LastIndexOf('@');
        if (sign < 1 || sign == text.Length - 1 || !text.All(char.IsAscii))
            return false;
        var (local, domain) = (text[..sign], text[(sign + 1)..]);
        return IsLocal(local) && (domain[0] == '[' ? IsLiteral(domain) : domain.Split('.').All(IsLabel));
    }

    private static bool IsLocal(string local)
    {
        if (local.Length > 1 && local[0] == '"' && local[^1] == '"')
            return !local[1..^1].Contains('"', StringComparison.Ordinal);
        return local
            .Split('.')
            .All(part =>
                part.Length > 0
                && part.All(letter => char.IsAsciiLetterOrDigit(letter) || "!#$%&'*+-/=?^_`{|}~".Contains(letter, StringComparison.Ordinal))
            );
    }

    private static bool IsLabel(string label) =>
        label.Length is > 0 and <= 63
        && label[0] != '-'
        && label[^1] != '-'
        && label.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-');

    private static bool IsLiteral(string domain) =>
        domain[^1] == ']'
        && (domain.StartsWith("[IPv6:", StringComparison.Ordinal) ? IsAddress6(domain[6..^1]) : IsAddress4(domain[1..^1]));

    private static bool IsUri(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (
            colon < 1
            || !char.IsAsciiLetter(text[0])
            || !text[..colon].All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '+' or '-' or '.')
        )
            return false;
        for (var at = 0; at < text.Length; at++)
        {
            if (!char.IsAscii(text[at]) || text[at] <= ' ' || "\"<>\\^`{|}".Contains(text[at], StringComparison.Ordinal))
                return false;
            if (text[at] == '%' && (at + 2 >= text.Length || !char.IsAsciiHexDigit(text[at + 1]) || !char.IsAsciiHexDigit(text[at + 2])))
                return false;
        }

        if (!text.AsSpan(colon + 1).StartsWith("//"))
            return text.AsSpan(colon).IndexOfAny('[', ']') < 0;
        var rest = text[(colon + 3)..];
        var end = rest.AsSpan().IndexOfAny('/', '?', '#');
        return IsAuthority(end < 0 ? rest : rest[..end]) && (end < 0 || rest.AsSpan(end).IndexOfAny('[', ']') < 0);
    }

    private static bool IsAuthority(string authority)
    {
        var sign = authority.LastIndexOf('@');
        if (sign >= 0 && authority[..sign].AsSpan().IndexOfAny('[', ']') >= 0)
            return false;
        var host = authority[(sign + 1)..];
        var close = host.IndexOf(']', StringComparison.Ordinal);
        if (host.StartsWith('['))
            return close > 0 && (host[1] is 'v' or 'V' || IsAddress6(host[1..close])) && IsPort(host[(close + 1)..]);
        var port = host.IndexOf(':', StringComparison.Ordinal);
        return close < 0 && (port < 0 || IsPort(host[port..]));
    }

    private static bool IsPort(string text) => text.Length == 0 || (text[0] == ':' && text[1..].All(char.IsAsciiDigit));

    private static bool IsAddress4(string text) =>
        text.Split('.') is { Length: 4 } parts
        && parts.All(part =>
            part.Length is > 0 and <= 3
            && part.All(char.IsAsciiDigit)
            && (part.Length == 1 || part[0] != '0')
            && int.Parse(part, CultureInfo.InvariantCulture) <= 255
        );

    private static bool IsAddress6(string text)
    {
        if (
            text.Length > 45
            || !text.All(letter => char.IsAsciiHexDigit(letter) || letter is ':' or '.')
            || text.Split(':').Any(group => group.Length > 4 && !group.Contains('.', StringComparison.Ordinal))
        )
            return false;
        var dotted = text.LastIndexOf(':') + 1;
        if (text.Contains('.', StringComparison.Ordinal) && !IsAddress4(text[dotted..]))
            return false;
        return IPAddress.TryParse(text, out var address) && address.AddressFamily == AddressFamily.InterNetworkV6;
    }
}
