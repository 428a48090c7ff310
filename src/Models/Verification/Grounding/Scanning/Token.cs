namespace Aios.Models.Verification.Grounding.Scanning;

/// <summary>A part of a text that may be a claim.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Start">Where it starts.</param>
/// <param name="End">Where it ends.</param>
/// <param name="Text">As it is written.</param>
internal sealed record Token(TokenKind Kind, int Start, int End, string Text)
{
    /// <summary>What a number means.</summary>
    public Numeral? Number { get; init; }

    /// <summary>What a date means.</summary>
    public WrittenDate? Date { get; init; }

    /// <summary>What a time of day means.</summary>
    public WrittenTime? Time { get; init; }
}

/// <summary>What a part of a text is.</summary>
internal enum TokenKind
{
    Word,
    Number,
    Date,
    Time,

    /// <summary>Letters with digits or underscores, an address, code in backticks.</summary>
    Identifier,
}
