using System.Collections.Immutable;

namespace Aios.Jobs.Works;

/// <summary>A question to a person.</summary>
internal sealed record ApprovalWork : StepWork
{
    /// <inheritdoc/>
    public override WorkKind Kind => ApprovalKind.Instance;

    /// <summary>What is asked, perhaps with references.</summary>
    public string Question { get; init; } = "";

    /// <summary>What the person is shown: a JSON object of names and values, with references.</summary>
    public string ShowJson { get; init; } = "{}";

    /// <summary>Who may decide: roles and names of keys; empty is each that may approve.</summary>
    public ImmutableArray<string> By { get; init; } = [];

    /// <summary>How many different people must approve.</summary>
    public int Need { get; init; } = 1;

    /// <summary>What a decision must bring.</summary>
    public ImmutableArray<ApprovalField> Fields { get; init; } = [];

    /// <summary>How long it can be decided; null is for ever.</summary>
    public TimeSpan? Expires { get; init; }

    /// <summary>What happens then.</summary>
    public OnExpiry OnExpiry { get; init; }

    /// <summary>Who may decide after it was escalated; empty is each that may approve.</summary>
    public ImmutableArray<string> Escalate { get; init; } = [];
}
