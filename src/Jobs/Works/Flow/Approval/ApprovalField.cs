using System.Collections.Immutable;

namespace Aios.Jobs.Works;

/// <summary>A value that a decision brings.</summary>
/// <param name="Name">What it is called in the result.</param>
/// <param name="Type">Its form.</param>
internal sealed record ApprovalField(string Name, ApprovalFieldType Type)
{
    /// <summary>What it may be, if it is a choice.</summary>
    public ImmutableArray<string> Choices { get; init; } = [];

    /// <summary>What a person reads; null is its name.</summary>
    public string? Label { get; init; }

    /// <summary>Its value where the person gives none, as JSON; null: the person must give one.</summary>
    public string? DefaultJson { get; init; }
}

/// <summary>The form of such a value.</summary>
internal enum ApprovalFieldType
{
    Text,
    Number,
    Choice,
    Boolean,
}
