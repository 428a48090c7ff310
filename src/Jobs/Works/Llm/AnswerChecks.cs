using System.Collections.Immutable;

namespace Aios.Jobs.Works;

/// <summary>How the answer of a language model is checked.</summary>
internal sealed record AnswerChecks
{
    /// <summary>Not at all.</summary>
    public static readonly AnswerChecks None = new();

    /// <summary>Whether it must meet the schema of the job.</summary>
    public bool Schema { get; init; }

    /// <summary>What its numbers, dates and names must be in, JSON with references; null for no such check.</summary>
    public string? GroundedJson { get; init; }

    /// <summary>Others that must come to the same; null for none.</summary>
    public AgreeCheck? Agree { get; init; }

    /// <summary>Who judges it; null for nobody.</summary>
    public JudgeCheck? Judge { get; init; }

    /// <summary>Whether anything is checked.</summary>
    public bool IsAny => Schema || GroundedJson is not null || Agree is not null || Judge is not null;
}

/// <summary>Others answer the same question apart.</summary>
/// <param name="Routes">Who.</param>
/// <param name="AtLeast">How much they must agree, from 0 to 1; below it the answer is refused.</param>
/// <param name="Embeddings">The route that turns texts into vectors to compare them; null to have a model compare them.</param>
/// <param name="Judge">Who compares texts, where there are no embeddings.</param>
internal sealed record AgreeCheck(ImmutableArray<string> Routes, decimal AtLeast, string? Embeddings, string Judge)
{
    /// <inheritdoc/>
    public bool Equals(AgreeCheck? other) =>
        other is not null
        && Routes.SequenceEqual(other.Routes)
        && (AtLeast, Embeddings, Judge) == (other.AtLeast, other.Embeddings, other.Judge);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Routes.Length, AtLeast, Embeddings, Judge);
}

/// <summary>A model judges the answer.</summary>
/// <param name="Route">Which.</param>
/// <param name="Rubric">What it looks at.</param>
internal sealed record JudgeCheck(string Route, string Rubric);
