using Aios.Models.Verification.Grounding.Scanning;

namespace Aios.Models.Verification.Grounding;

/// <summary>A number of an answer and what it can be.</summary>
internal sealed class NumberClaim
{
    private readonly bool _isRounded;
    private readonly NumeralReading[] _unscaled;
    private readonly bool _mayBeMore;
    private readonly bool _mayBeLess;

    /// <param name="passage">Where it is.</param>
    /// <param name="token">The number.</param>
    /// <param name="isScaled">The source has its numbers in thousands or millions, as this one may be said.</param>
    public NumberClaim(Passage passage, Token token, bool isScaled)
    {
        Passage = passage;
        Token = token;
        Number = token.Number!;
        var before = passage.Text[..token.Start];
        (_isRounded, _mayBeMore, _mayBeLess) = Cues.Hedge(before);
        _mayBeMore |= passage.Text.AsSpan(token.End).StartsWith("+");
        _unscaled = isScaled
            ? [Number.Readings[0] with { Value = Number.Readings[0].Value / Number.Scale, Step = Number.Readings[0].Step / Number.Scale }]
            : [];
        Readings = [.. Number.Readings.Take(Number.Scale > 1 ? 1 : 2).SelectMany(Precisions), .. _unscaled];
    }

    public Passage Passage { get; }

    public Token Token { get; }

    public Numeral Number { get; }

    /// <summary>It is said to be the least or the most: at least 80, under 500; 0 if it is not.</summary>
    public int Bound => (_mayBeMore ? 1 : 0) - (_mayBeLess ? 1 : 0);

    /// <summary>It is a part of what is named behind it: 105 of the guests.</summary>
    public bool IsPart =>
        Passage.Text.AsSpan(Token.End).StartsWith(" of ", StringComparison.Ordinal)
        || Passage.Text.AsSpan(Token.End).StartsWith(" der ", StringComparison.Ordinal)
        || Passage.Text.AsSpan(Token.End).StartsWith(" von ", StringComparison.Ordinal);

    /// <summary>It is said to be more or less than something.</summary>
    public bool IsBound => _mayBeMore || _mayBeLess;

    /// <summary>Its values, each with the step that it may be rounded to.</summary>
    public IReadOnlyList<NumeralReading> Readings { get; }

    /// <summary>What the source or a derivation has is this number, as exact as this is written.</summary>
    public NumeralReading? Fits(double value) => Readings.FirstOrDefault(reading => IsNear(value, reading));

    /// <summary>Whether a value is exactly this number.</summary>
    public bool Is(double value) =>
        Number.Readings.Concat(_unscaled).Any(reading => Math.Abs(Signed(value) - Value(reading)) <= 1e-9 * Math.Abs(reading.Value));

    /// <summary>Whether a value, whatever its sign, is this number or far from it: not one that is rounded to it.</summary>
    public bool IsClose(double value) =>
        Fits(value) is not { } reading || Math.Abs(Math.Abs(value) - reading.Value) <= 1e-6 * Math.Max(1, reading.Value);

    private bool IsNear(double value, NumeralReading reading)
    {
        var signed = Signed(value);
        var target = Value(reading);
        var slack = (reading.Step * 0.5 * (1 + 1e-6)) + (1e-12 * Math.Abs(target));
        if (Math.Abs(signed - target) <= slack)
            return true;
        // More than 1,200 for 1,287; nearly 1,300 too.
        var more = Math.Abs(signed) - Math.Abs(target);
        return Math.Abs(signed - target) < reading.Step && ((_mayBeMore && more > 0) || (_mayBeLess && more < 0));
    }

    // A number without a sign may be how far something fell.
    private double Signed(double value) => Number.Sign == 0 ? Math.Abs(value) : value;

    private double Value(NumeralReading reading) => Number.Sign < 0 ? -reading.Value : reading.Value;

    private IEnumerable<NumeralReading> Precisions(NumeralReading reading)
    {
        yield return reading;
        var coarse = reading.Coarse;
        var isHedged = _isRounded || _mayBeMore;
        // 12,345,678 may be 12,340,000 without a word, 1,234 may be about 1,200.
        var hasDecimals = reading.Step < 1 || (Number.Scale > 1 && reading.Step < Number.Scale);
        if (coarse > reading.Step && !hasDecimals && (isHedged || coarse >= reading.Step * 10_000))
            yield return reading with
            {
                Step = coarse,
            };
    }
}
