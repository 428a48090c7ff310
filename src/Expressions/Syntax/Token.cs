namespace Aios.Expressions.Syntax;

/// <summary>A word or a sign of an expression.</summary>
/// <param name="Start">Of its text, in UTF-16 units.</param>
/// <param name="End">Behind its text.</param>
internal readonly record struct Token(TokenKind Kind, int Start, int End);

/// <summary>What a token is.</summary>
internal enum TokenKind
{
    End,
    Identifier,

    /// <summary>A field in backticks.</summary>
    QuotedField,
    Int,
    Uint,
    Double,
    String,
    Bytes,
    Dot,
    Comma,
    Colon,
    Question,
    LeftParenthesis,
    RightParenthesis,
    LeftBracket,
    RightBracket,
    LeftBrace,
    RightBrace,
    Plus,
    Minus,
    Times,
    Divide,
    Modulo,
    Not,
    Equal,
    NotEqual,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    And,
    Or,
    In,
    True,
    False,
    Null,
}
