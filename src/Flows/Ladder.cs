using System.Collections.Immutable;
using Aios.Jobs.Works;

namespace Aios.Flows;

/// <summary>The ladder of a step, rung by rung: each wait of a <c>retry</c> is a rung of its own.</summary>
internal static class Ladder
{
    /// <summary>The rungs in the order in which they are tried.</summary>
    public static ImmutableArray<LadderRung> Of(FlowStep step) =>
        [
            .. step.Rules.Recover.SelectMany(recovery =>
                recovery is RecoveryRung.Retry retry
                    ? retry.Waits.Select(wait => new LadderRung(recovery, wait))
                    : [new LadderRung(recovery, TimeSpan.Zero)]
            ),
        ];

    /// <summary>What is done after so many rungs: the step, the step with changes, or another one.</summary>
    public static FlowStep Acting(FlowGraph graph, FlowStep step, int rungs)
    {
        if (rungs == 0)
            return step;
        foreach (var rung in Of(step).Take(rungs).Reverse())
        {
            if (rung.Recovery is RecoveryRung.With { Step: { } changed })
                return changed;
            if (rung.Recovery is RecoveryRung.Other other && graph.Find(other.StepName) is { } fallback)
                return fallback;
        }

        return step;
    }
}

/// <summary>One rung.</summary>
/// <param name="Recovery">What is tried.</param>
/// <param name="Wait">How long to wait before.</param>
internal readonly record struct LadderRung(RecoveryRung Recovery, TimeSpan Wait);
