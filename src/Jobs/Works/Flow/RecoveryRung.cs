using System.Collections.Immutable;
using Aios.Jobs.Yaml;

namespace Aios.Jobs.Works;

/// <summary>What is tried when a step has failed: one rung of its ladder.</summary>
internal abstract record RecoveryRung
{
    /// <summary>In a word, for people and records.</summary>
    public abstract string Word { get; }

    /// <summary>The same again, after a wait each time.</summary>
    internal sealed record Retry(ImmutableArray<TimeSpan> Waits) : RecoveryRung
    {
        public override string Word => "retry";
    }

    /// <summary>The step with some fields changed.</summary>
    /// <param name="Changes">What the list says.</param>
    /// <param name="Step">The step with the changes; null until the whole step has been read.</param>
    internal sealed record With(YamlMap Changes, FlowStep? Step) : RecoveryRung
    {
        public override string Word => "with";
    }

    /// <summary>Another step in its place.</summary>
    internal sealed record Other(string StepName) : RecoveryRung
    {
        public override string Word => "step";
    }

    /// <summary>A person decides: again, skip with a value, or give up.</summary>
    internal sealed record Person(string? Question) : RecoveryRung
    {
        public override string Word => "person";
    }
}
