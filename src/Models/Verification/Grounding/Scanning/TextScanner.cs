using System.Text.RegularExpressions;

namespace Aios.Models.Verification.Grounding.Scanning;

/// <summary>Divides a text into numbers, dates, times, identifiers and words.</summary>
internal static class TextScanner
{
    private static readonly Regex Chunk = new(@"\G[\p{L}\p{M}\d_]+(?:[-._/@][\p{L}\p{M}\d_]+)*", RegexOptions.CultureInvariant);

    private static readonly Regex Address = new(
        @"\G(?:https?://|www\.)[^\s|)<>""]+|\G[\w.+-]+@[\w-]+\.[\w.-]*\w",
        RegexOptions.CultureInvariant
    );

    private static readonly Regex Word = new(@"\G\p{L}[\p{L}\p{M}]*(?:['’]\p{L}+)?", RegexOptions.CultureInvariant);

    // Between a number and the words of a compound: 7-day, 3-point.
    private static readonly Regex Compound = new(@"^[\d.,]+(?:-\p{L}+)+$", RegexOptions.CultureInvariant);

    /// <summary>The parts of a text in their order.</summary>
    public static List<Token> Scan(string text)
    {
        var tokens = new List<Token>();
        for (var at = 0; at < text.Length; )
            at = Next(text, at, tokens);
        return tokens;
    }

    private static int Next(string text, int at, List<Token> tokens)
    {
        var letter = text[at];
        if (letter == '`' && text.IndexOf('`', at + 1) is > 0 and var close)
            return ReadCode(text, at, close, tokens);
        if (IsStartOfNumber(text, at))
            return ReadNumber(text, at, tokens);
        if (!char.IsLetterOrDigit(letter) && letter != '_')
            return at + 1;
        if (Address.Match(text, at) is { Success: true } address)
            return Add(tokens, TokenKind.Identifier, text, at, at + address.Value.TrimEnd('.', ',', ';').Length);
        if (ReadDate(text, at, tokens) is { } end)
            return end;
        if (NumeralReader.ReadDuration(text, at) is var (duration, last))
        {
            tokens.Add(new Token(TokenKind.Number, at, last, text[at..last]) { Number = duration });
            return last;
        }

        var chunk = Chunk.Match(text, at).Value;
        if (IsIdentifier(chunk) && !IsMeasured(text, at, chunk))
            return Add(tokens, TokenKind.Identifier, text, at, at + chunk.Length);
        return char.IsAsciiDigit(letter) ? ReadNumber(text, at, tokens)
            : Word.Match(text, at) is { Success: true } word ? Add(tokens, TokenKind.Word, text, at, at + word.Length)
            : at + 1;
    }

    private static int Add(List<Token> tokens, TokenKind kind, string text, int start, int end)
    {
        tokens.Add(new Token(kind, start, end, text[start..end]));
        return end;
    }

    // A figure in backticks is a figure; all else in them is a name.
    private static int ReadCode(string text, int at, int close, List<Token> tokens)
    {
        var code = text[(at + 1)..close];
        if (code.Length == 0 || code.Contains('\n', StringComparison.Ordinal))
            return at + 1;
        if (!code.Any(char.IsLetter))
            return at + 1;
        Add(tokens, TokenKind.Identifier, text, at + 1, close);
        return close + 1;
    }

    private static int? ReadDate(string text, int at, List<Token> tokens)
    {
        var (dates, end) = DateReader.ReadDates(text, at);
        foreach (var date in dates)
            tokens.Add(new Token(TokenKind.Date, at, end, text[at..end]) { Date = date });
        if (!dates.IsEmpty)
            return end < text.Length - 1 && text[end] == 'T' && char.IsAsciiDigit(text[end + 1]) ? ReadTime(text, end, tokens) ?? end : end;
        return char.IsAsciiDigit(text[at]) ? ReadTime(text, at, tokens) : null;
    }

    private static int? ReadTime(string text, int at, List<Token> tokens)
    {
        if (DateReader.ReadTime(text, at) is not var (time, end))
            return null;
        tokens.Add(new Token(TokenKind.Time, at, end, text[at..end]) { Time = time });
        return end;
    }

    private static bool IsStartOfNumber(string text, int at)
    {
        if (!NumeralReader.IsSign(text[at]) && !NumeralReader.IsCurrency(text[at]))
            return false;
        var before = at == 0 ? ' ' : text[at - 1];
        if (
            NumeralReader.IsSign(text[at])
            && (char.IsLetterOrDigit(before) || before is ')' or '%' or '_' or '/' || IsBehindDigit(text, at))
        )
            return false;
        var next = at + 1;
        while (next < text.Length && (NumeralReader.IsCurrency(text[next]) || NumeralReader.IsSign(text[next])))
            next++;
        if (next < text.Length && text[next] is ' ' or '\u00a0' && NumeralReader.IsCurrency(text[next - 1]))
            next++;
        return next < text.Length && char.IsAsciiDigit(text[next]);
    }

    // 10 –12 is a range.
    private static bool IsBehindDigit(string text, int at)
    {
        var before = text.AsSpan(0, at).TrimEnd(' ');
        return text[at] != '+'
            && before.Length > 0
            && before.Length < at
            && (char.IsAsciiDigit(before[^1]) || before[^1] == '%')
            && text[at] == '–';
    }

    private static int ReadNumber(string text, int at, List<Token> tokens)
    {
        if (NumeralReader.Read(text, at) is not var (number, end))
            return ReadBare(text, at, tokens);
        tokens.Add(new Token(TokenKind.Number, at, end, text[at..end].Trim()) { Number = number });
        return end;
    }

    private static int ReadBare(string text, int at, List<Token> tokens)
    {
        var chunk = Chunk.Match(text, at);
        return chunk.Success ? Add(tokens, TokenKind.Identifier, text, at, at + chunk.Length) : at + 1;
    }

    /// <summary>Whether it is the name of a thing by its signs: letters with digits, underscores, inner dots.</summary>
    private static bool IsIdentifier(string chunk)
    {
        if (chunk.Contains('_', StringComparison.Ordinal) && chunk.Length > 1)
            return true;
        var hasLetter = chunk.Any(char.IsLetter);
        var hasDigit = chunk.Any(char.IsAsciiDigit);
        if (hasLetter && hasDigit)
            return true;
        if (hasDigit)
            return chunk.Split('-').Length > 2 || (chunk.Contains('.', StringComparison.Ordinal) && chunk.Split('.').Length > 3);
        var dot = chunk.LastIndexOf('.');
        return dot > 1 && chunk.Length - dot > 2 && chunk[(dot - 2)..].All(letter => char.IsLower(letter) || letter == '.');
    }

    // A number with its unit, or in a compound: 12ms, 7-day, 1.2k.
    private static bool IsMeasured(string text, int at, string chunk)
    {
        if (!char.IsAsciiDigit(chunk[0]) || NumeralReader.Read(text, at) is not var (_, end))
            return false;
        var rest = chunk[Math.Min(chunk.Length, end - at)..];
        return rest.Length == 0
            || (!char.IsLetterOrDigit(rest[0]) && !rest.Any(char.IsAsciiDigit))
            || Compound.IsMatch(chunk)
            || IsRange(rest);
    }

    // 10k-12k, 5ms/7ms.
    private static bool IsRange(string rest) =>
        rest.Length > 1
        && rest[0] is '-' or '/'
        && char.IsAsciiDigit(rest[1])
        && NumeralReader.Read(rest, 1) is var (_, end)
        && end == rest.Length;
}
