using Aios.Models.Verification.Grounding.Sources;

namespace Aios.Models.Verification.Grounding;

/// <summary>How a figure follows from the source.</summary>
[Flags]
internal enum Derivation
{
    None = 0,

    /// <summary>It is in the source and may be rounded.</summary>
    Direct = 1,
    Sum = 2,

    /// <summary>A mean or a median.</summary>
    Mean = 4,
    Difference = 8,
    Ratio = 16,

    /// <summary>A share or a relative change, in percent.</summary>
    Percent = 32,
    Count = 64,

    /// <summary>An amount times a price, a year of months.</summary>
    Product = 128,
}

/// <summary>A figure that follows from the source.</summary>
/// <param name="Value">Its value.</param>
/// <param name="How">How it follows.</param>
/// <param name="Column">Whose values it is computed from; null for counts and for numbers of the answer.</param>
internal sealed record Candidate(double Value, Derivation How, SourceColumn? Column)
{
    /// <summary>It is computed from the least rows that a passage speaks of.</summary>
    public bool IsNarrow { get; init; }

    /// <summary>It says by how much something is more or less than something else.</summary>
    public bool IsChange { get; init; }

    /// <summary>It is computed from the fields of one row.</summary>
    public bool IsOfRow { get; init; }

    /// <summary>It compares two things that the passage names side by side.</summary>
    public bool IsPair { get; init; }

    /// <summary>It is computed from different fields, which seldom add up.</summary>
    public bool IsMixed { get; init; }

    /// <summary>It compares a week, month or year with the one before it.</summary>
    public bool IsTrend { get; init; }

    /// <summary>It is what reports say first of some rows: their total, mean, extremes, share, and how they compare with others.</summary>
    public bool IsPrincipal { get; init; }
}
