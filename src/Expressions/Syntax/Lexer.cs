namespace Aios.Expressions.Syntax;

/// <summary>Divides a text into tokens, from a place on.</summary>
internal sealed class Lexer
{
    private readonly string _text;
    private readonly int _start;
    private int _at;

    public Lexer(string text, int start)
    {
        _text = text;
        _start = start;
        _at = start;
    }

    public Token Next()
    {
        SkipBlanks();
        if (_at >= _text.Length)
            return new Token(TokenKind.End, _text.Length, _text.Length);
        if (_at - _start > Limits.Text)
            throw new ExpressionException($"the expression is longer than {Limits.Text / 1024} KiB", _start);

        var first = _at;
        var kind = Scan(_text[_at]);
        return new Token(kind, first, _at);
    }

    public static bool IsNameStart(char letter) => char.IsAsciiLetter(letter) || letter == '_';

    public static bool IsNamePart(char letter) => char.IsAsciiLetterOrDigit(letter) || letter == '_';

    private char Peek(int ahead) => _at + ahead < _text.Length ? _text[_at + ahead] : '\0';

    private void SkipBlanks()
    {
        while (_at < _text.Length)
        {
            if (_text[_at] is ' ' or '\t' or '\n' or '\r' or '\f')
                _at++;
            else if (_text[_at] == '/' && Peek(1) == '/')
                _at = _text.IndexOf('\n', _at) is var end and >= 0 ? end + 1 : _text.Length;
            else
                return;
        }
    }

    private TokenKind Scan(char letter)
    {
        if (StringPrefix() is var prefix and >= 0)
            return ScanString(prefix);
        if (IsNameStart(letter))
            return ScanName();
        if (char.IsAsciiDigit(letter) || (letter == '.' && char.IsAsciiDigit(Peek(1))))
            return ScanNumber();
        return letter == '`' ? ScanQuotedField() : ScanSign(letter);
    }

    private TokenKind ScanName()
    {
        var first = _at;
        while (IsNamePart(Peek(0)))
            _at++;
        return _text.AsSpan(first, _at - first) switch
        {
            "true" => TokenKind.True,
            "false" => TokenKind.False,
            "null" => TokenKind.Null,
            "in" => TokenKind.In,
            _ => TokenKind.Identifier,
        };
    }

    private TokenKind ScanNumber()
    {
        var first = _at;
        var kind = Peek(0) == '0' && Peek(1) is 'x' or 'X' ? ScanHex() : ScanDecimal();
        if (kind == TokenKind.Int && Peek(0) is 'u' or 'U')
        {
            _at++;
            kind = TokenKind.Uint;
        }

        if (!IsNamePart(Peek(0)))
            return kind;
        throw Failure($"found {Description.Quoted(_text[first..(_at + 1)])}, expected a number", first);
    }

    private TokenKind ScanHex()
    {
        _at += 2;
        while (char.IsAsciiHexDigit(Peek(0)))
            _at++;
        return TokenKind.Int;
    }

    private TokenKind ScanDecimal()
    {
        SkipDigits();
        var kind = TokenKind.Int;
        if (Peek(0) == '.' && char.IsAsciiDigit(Peek(1)))
        {
            _at++;
            SkipDigits();
            kind = TokenKind.Double;
        }

        if (Peek(0) is not ('e' or 'E'))
            return kind;
        var sign = Peek(1) is '+' or '-' ? 1 : 0;
        if (!char.IsAsciiDigit(Peek(1 + sign)))
            return kind;
        _at += 1 + sign;
        SkipDigits();
        return TokenKind.Double;
    }

    private void SkipDigits()
    {
        while (char.IsAsciiDigit(Peek(0)))
            _at++;
    }

    // How many letters stand before the quote of a string that begins here; -1 if none begins.
    private int StringPrefix()
    {
        var length = 0;
        if (Peek(0) is 'b' or 'B')
            length++;
        if (Peek(length) is 'r' or 'R')
            length++;
        return Peek(length) is '"' or '\'' ? length : -1;
    }

    private TokenKind ScanString(int prefix)
    {
        var first = _at;
        var isBytes = prefix > 0 && _text[_at] is 'b' or 'B';
        var isRaw = prefix > 0 && _text[_at + prefix - 1] is 'r' or 'R';
        _at += prefix;
        var quote = _text[_at];
        var length = Peek(1) == quote && Peek(2) == quote ? 3 : 1;
        _at += length;
        while (!IsQuoted(quote, length))
        {
            if (_at >= _text.Length || (length == 1 && _text[_at] is '\n' or '\r'))
                throw Failure("a string that begins here does not end", first);
            _at += _text[_at] == '\\' && !isRaw && _at + 1 < _text.Length ? 2 : 1;
        }

        _at += length;
        return isBytes ? TokenKind.Bytes : TokenKind.String;
    }

    private bool IsQuoted(char quote, int length) =>
        Peek(0) == quote && (length == 1 || (Peek(1) == quote && Peek(2) == quote)) && _at < _text.Length;

    private TokenKind ScanQuotedField()
    {
        var first = _at++;
        while (char.IsAsciiLetterOrDigit(Peek(0)) || Peek(0) is '_' or '.' or '-' or '/' or ' ')
            _at++;
        if (Peek(0) != '`' || _at == first + 1)
            throw Failure("found a backtick, expected a field in backticks, of letters, digits, blanks and _ . - /", first);
        _at++;
        return TokenKind.QuotedField;
    }

    private TokenKind ScanSign(char sign)
    {
        var kind = (sign, Peek(1)) switch
        {
            ('=', '=') => TokenKind.Equal,
            ('!', '=') => TokenKind.NotEqual,
            ('<', '=') => TokenKind.LessEqual,
            ('>', '=') => TokenKind.GreaterEqual,
            ('&', '&') => TokenKind.And,
            ('|', '|') => TokenKind.Or,
            _ => TokenKind.End,
        };
        if (kind != TokenKind.End)
        {
            _at += 2;
            return kind;
        }

        kind = OneSign(sign);
        if (kind == TokenKind.End)
            throw Unexpected(sign);
        _at++;
        return kind;
    }

    private static TokenKind OneSign(char sign) =>
        sign switch
        {
            '.' => TokenKind.Dot,
            ',' => TokenKind.Comma,
            ':' => TokenKind.Colon,
            '?' => TokenKind.Question,
            '(' => TokenKind.LeftParenthesis,
            ')' => TokenKind.RightParenthesis,
            '[' => TokenKind.LeftBracket,
            ']' => TokenKind.RightBracket,
            '{' => TokenKind.LeftBrace,
            '}' => TokenKind.RightBrace,
            '+' => TokenKind.Plus,
            '-' => TokenKind.Minus,
            '*' => TokenKind.Times,
            '/' => TokenKind.Divide,
            '%' => TokenKind.Modulo,
            '!' => TokenKind.Not,
            '<' => TokenKind.Less,
            '>' => TokenKind.Greater,
            _ => TokenKind.End,
        };

    private ExpressionException Unexpected(char sign) =>
        sign switch
        {
            '=' => Failure("found \"=\"; write \"==\" to compare", _at),
            '&' => Failure("found \"&\"; write \"&&\" for \"and\"", _at),
            '|' => Failure("found \"|\"; write \"||\" for \"or\"", _at),
            _ => Failure(
                $"found {Description.Quoted(char.IsSurrogate(sign) ? _text.Substring(_at, Math.Min(2, _text.Length - _at)) : $"{sign}")}, "
                    + "expected an expression",
                _at
            ),
        };

    private static ExpressionException Failure(string what, int position) => new($"character {position + 1}: {what}", position);
}
