using Aios.Daemon.Ticks;

namespace Aios.Daemon.Loop;

/// <summary>What the duties of the loop know of each other: what the last tick has found, and what the next one is asked for.</summary>
internal sealed class LoopState
{
    private volatile bool _committed;
    private bool _hasMore = true;

    /// <summary>What the last tick has found.</summary>
    public TickResult Last { get; private set; } = new([]);

    /// <summary>Whether the next tick need not wait for anything.</summary>
    public bool HasMore
    {
        get => _hasMore || _committed;
        set => _hasMore = value;
    }

    /// <summary>Whether the next tick judges everything again, as with a new job list.</summary>
    public bool JudgesAll { get; set; } = true;

    /// <summary>Whether the next tick says that this device lives, and how it is.</summary>
    public bool Beats { get; set; }

    /// <summary>Whether the next tick starts <c>idle</c> jobs.</summary>
    public bool StartsIdle { get; set; }

    /// <summary>The store has committed something that did not come from the loop. May be called from any thread.</summary>
    public void RecordCommit() => _committed = true;

    /// <summary>A tick begins: it sees all that is committed.</summary>
    public void Begin() => _committed = false;

    /// <summary>A tick is durable.</summary>
    public void Complete(TickResult result) => (Last, _hasMore) = (result, result.HasMore);
}
