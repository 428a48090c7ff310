using System.Collections.Immutable;

namespace Aios.Models.Verification.Grounding.Scanning;

/// <summary>A number as a text writes it.</summary>
internal sealed record Numeral
{
    /// <summary>What it may mean, the likeliest first: 1,234 is a thousand and more, or a little more than one.</summary>
    public required ImmutableArray<NumeralReading> Readings { get; init; }

    /// <summary>The sign that is written: -1, 1, or 0 for none.</summary>
    public int Sign { get; init; }

    /// <summary>Percent, percentage points or basis points.</summary>
    public PercentKind Percent { get; init; }

    /// <summary>The unit of time or size that follows.</summary>
    public Unit? Unit { get; init; }

    /// <summary>It has decimals, so that its zeros count.</summary>
    public bool HasDecimals => Readings[0].Step < 1 || (Scale > 1 && Readings[0].Step < Scale);

    /// <summary>What one is of the word or letter behind it: a thousand, a million.</summary>
    public double Scale { get; init; } = 1;

    /// <summary>1st, 2nd: a rank.</summary>
    public bool IsOrdinal { get; init; }

    /// <summary>It is written as a word.</summary>
    public bool IsWord { get; init; }

    /// <summary>It is followed by x or "times".</summary>
    public bool IsMultiple { get; init; }

    /// <summary>Digits alone, without a separator, sign or unit: perhaps a year.</summary>
    public bool IsPlain { get; init; }

    /// <summary>Where a text ends that may be two numbers, 12 345, its first; 0 if it cannot.</summary>
    public int FirstPartEnd { get; init; }
}

/// <summary>One meaning of a numeral.</summary>
/// <param name="Value">Its value.</param>
/// <param name="Step">What one more in its last digit is.</param>
internal sealed record NumeralReading(double Value, double Step)
{
    /// <summary>What one more in its last digit that is not zero is.</summary>
    public double Coarse
    {
        get
        {
            var step = Step;
            for (var steps = Math.Round(Math.Abs(Value) / Step); steps >= 10 && steps % 10 == 0; steps /= 10)
                step *= 10;
            return step;
        }
    }
}

/// <summary>What a numeral is a hundredth of.</summary>
internal enum PercentKind
{
    None,
    Percent,
    Points,
    BasisPoints,
}
