using System.Collections.Immutable;

namespace Aios.Jobs.Works;

/// <summary>What a flow does with a step.</summary>
internal sealed record StepRules
{
    /// <summary>A step that says nothing, and a job that is no step.</summary>
    public static readonly StepRules None = new();

    /// <summary>The steps that must have ended before.</summary>
    public ImmutableArray<string> Needs { get; init; } = [];

    /// <summary>Whether the list has the field, even if it names no step. If no step has it, the order of the list counts.</summary>
    public bool HasNeeds { get; init; }

    /// <summary>A condition in CEL; the step is skipped if it is false.</summary>
    public string? When { get; init; }

    /// <summary>JSON, a list or a reference to one: the step runs once for each item.</summary>
    public string? EachJson { get; init; }

    /// <summary>Whether the flow continues as if it had succeeded when it fails.</summary>
    public bool ContinuesOnFailure { get; init; }

    /// <summary>Whether it runs whatever happened to the steps before.</summary>
    public bool IsAlways { get; init; }

    /// <summary>What is tried when all its attempts have failed, one after the other.</summary>
    public ImmutableArray<RecoveryRung> Recover { get; init; } = [];
}
