using System.Collections.Immutable;

namespace Aios.Jobs.Works;

/// <summary>
/// The steps of a flow and their order: by <c>needs</c>, or, where no step has any, one after the other. A step that a ladder
/// names (<c>recover: [{step: NAME}]</c>) has no place in the order: it runs only when it is needed.
/// </summary>
internal sealed class FlowGraph
{
    private readonly Dictionary<string, int> _indexes = new(StringComparer.Ordinal);
    private readonly ImmutableArray<ImmutableArray<int>> _needs;
    private readonly bool[] _isFallback;

    public FlowGraph(ImmutableArray<FlowStep> steps)
    {
        Steps = steps;
        for (var i = 0; i < steps.Length; i++)
            _indexes.TryAdd(steps[i].Name, i);
        _isFallback = new bool[steps.Length];
        foreach (var other in steps.SelectMany(step => step.Rules.Recover).OfType<RecoveryRung.Other>())
        {
            if (_indexes.TryGetValue(other.StepName, out var index))
                _isFallback[index] = true;
        }

        _needs = FindNeeds();
        Order = FindOrder();
    }

    /// <summary>In the order of the list.</summary>
    public ImmutableArray<FlowStep> Steps { get; }

    /// <summary>The steps that have a place in the order, each after those that it needs; steps in a circle are left out.</summary>
    public ImmutableArray<int> Order { get; }

    /// <summary>The place of a step; -1 if the flow has none of that name.</summary>
    public int IndexOf(string name) => _indexes.GetValueOrDefault(name, -1);

    /// <summary>The step of that name, or null.</summary>
    public FlowStep? Find(string name) => _indexes.TryGetValue(name, out var index) ? Steps[index] : null;

    /// <summary>The steps that must have ended before one may start. Unknown names are left out.</summary>
    public ImmutableArray<int> NeedsOf(int index) => _needs[index];

    /// <summary>Whether it runs only in place of a step that has failed.</summary>
    public bool IsFallback(int index) => _isFallback[index];

    /// <summary>All steps that are surely over when one starts.</summary>
    public HashSet<int> Before(int index)
    {
        var found = new HashSet<int>();
        var open = new Stack<int>(_isFallback[index] ? [index, .. UsersOf(index)] : [index]);
        if (_isFallback[index])
            found.UnionWith(UsersOf(index));
        while (open.TryPop(out var step))
        {
            foreach (var needed in _needs[step])
            {
                if (found.Add(needed))
                    open.Push(needed);
            }
        }

        return found;
    }

    /// <summary>A step and all that come after it, as each needs it or one that does.</summary>
    public HashSet<int> From(int index)
    {
        var found = new HashSet<int> { index };
        bool grew;
        do
        {
            grew = false;
            for (var i = 0; i < Steps.Length; i++)
                grew |= !found.Contains(i) && _needs[i].Any(found.Contains) && found.Add(i);
        } while (grew);
        return found;
    }

    /// <summary>Steps that need each other in a circle, first and last the same; empty if there are none.</summary>
    public ImmutableArray<string> FindCircle()
    {
        var states = new byte[Steps.Length];
        for (var i = 0; i < Steps.Length; i++)
        {
            if (FindCircle(i, states) is { Length: > 0 } circle)
                return circle;
        }

        return [];
    }

    private IEnumerable<int> UsersOf(int fallback) =>
        Enumerable
            .Range(0, Steps.Length)
            .Where(i => Steps[i].Rules.Recover.Any(rung => rung is RecoveryRung.Other other && other.StepName == Steps[fallback].Name));

    // With a stack of its own: a list may be made to have a thousand steps in a row.
    private ImmutableArray<string> FindCircle(int start, byte[] states)
    {
        const byte Open = 1;
        const byte Done = 2;
        if (states[start] != 0)
            return [];
        var path = new List<int> { start };
        var next = new List<int> { 0 };
        states[start] = Open;
        while (path.Count > 0)
        {
            var step = path[^1];
            if (next[^1] == _needs[step].Length)
            {
                states[step] = Done;
                path.RemoveAt(path.Count - 1);
                next.RemoveAt(next.Count - 1);
                continue;
            }

            var needed = _needs[step][next[^1]++];
            if (states[needed] == Open)
                return [.. path.Skip(path.IndexOf(needed)).Append(needed).Select(index => Steps[index].Name)];
            if (states[needed] == Done)
                continue;
            states[needed] = Open;
            path.Add(needed);
            next.Add(0);
        }

        return [];
    }

    private ImmutableArray<int> FindOrder()
    {
        var missing = _needs.Select(needs => needs.Length).ToArray();
        var users = Enumerable
            .Range(0, Steps.Length)
            .SelectMany(i => _needs[i].Select(needed => (needed, i)))
            .ToLookup(pair => pair.needed, pair => pair.i);
        var ready = new Queue<int>(Enumerable.Range(0, Steps.Length).Where(i => missing[i] == 0 && !_isFallback[i]));
        var order = ImmutableArray.CreateBuilder<int>(Steps.Length);
        while (ready.TryDequeue(out var step))
        {
            order.Add(step);
            foreach (var user in users[step].Where(user => --missing[user] == 0))
                ready.Enqueue(user);
        }

        return order.ToImmutable();
    }

    private ImmutableArray<ImmutableArray<int>> FindNeeds()
    {
        if (Steps.Any(step => step.Rules.HasNeeds))
            return [.. Steps.Select(step => step.Rules.Needs.Select(IndexOf).Where(index => index >= 0).Distinct().ToImmutableArray())];
        var needs = ImmutableArray.CreateBuilder<ImmutableArray<int>>(Steps.Length);
        var before = -1;
        for (var i = 0; i < Steps.Length; i++)
        {
            needs.Add(before < 0 || _isFallback[i] ? [] : [before]);
            if (!_isFallback[i])
                before = i;
        }

        return needs.MoveToImmutable();
    }
}
