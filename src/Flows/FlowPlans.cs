using Aios.Store;
using Aios.Store.Flows;
using Aios.Store.Results;

namespace Aios.Flows;

/// <summary>The plans that were used last, parsed. It belongs to the thread that writes the database.</summary>
/// <param name="results">Where long results are.</param>
/// <param name="home">The folder in which pictures are that people are shown.</param>
internal sealed class FlowPlans(ResultFolder results, string home)
{
    private const int Most = 200;

    // By what they say, for a number may be given to another plan if its transaction is rolled back.
    private readonly Dictionary<string, FlowPlan?> _plans = new(StringComparer.Ordinal);

    /// <summary>Where long results are.</summary>
    public ResultFolder Results => results;

    /// <summary>The pictures that people are shown.</summary>
    public ShownPictures Pictures { get; } = new(home);

    /// <summary>The lists of items that are being worked through.</summary>
    public ItemLists Items { get; } = new();

    /// <summary>The plan of a flow; null if it is gone, or this program does not understand it.</summary>
    public FlowPlan? Find(IStoreTransaction queue, FlowRecord flow) =>
        flow.PlanDigest is { } digest ? Find(queue, flow.PlanId, digest) : null;

    /// <summary>A plan; null if this program does not understand it.</summary>
    public FlowPlan? Find(IStoreTransaction queue, long planId, string digest)
    {
        if (_plans.TryGetValue(digest, out var known))
            return known;
        if (_plans.Count >= Most)
            _plans.Clear();
        return _plans[digest] = FlowPlan.Read(queue.Flows.Plan(planId)!, digest);
    }
}
