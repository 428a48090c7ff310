namespace Aios.Running;

/// <summary>
/// Brings one stream of a run to its log. What exceeds the run's budget is counted, and only its end is kept and told
/// later: when the budget has recovered, or at the end of the run.
/// </summary>
internal sealed class StreamCollector(OutputBudget budget, Action<string> deliver)
{
    private readonly LineSplitter _lines = new(deliver);
    private TailRing? _held;

    /// <summary>Output is held back.</summary>
    public bool Holds => _held is not null;

    public void Feed(ReadOnlySpan<byte> bytes)
    {
        if (_held is not null)
        {
            _held.Write(bytes);
            ReleaseIfAffordable();
            return;
        }

        var available = budget.Available();
        if (bytes.Length <= available)
        {
            Tell(bytes);
            return;
        }

        var whole = bytes[..available].LastIndexOf((byte)'\n') + 1;
        Tell(bytes[..whole]);
        _held = new TailRing();
        _held.Write(bytes[whole..]);
    }

    /// <summary>Tells what was held back if the budget has recovered.</summary>
    public void ReleaseIfAffordable()
    {
        if (_held is not null && budget.Available() >= TailRing.Capacity)
        {
            Release();
        }
    }

    /// <summary>Tells all that is left. The last call.</summary>
    public void End()
    {
        Release();
        _lines.Flush();
    }

    private void Tell(ReadOnlySpan<byte> bytes)
    {
        budget.Take(bytes.Length);
        _lines.Feed(bytes);
    }

    private void Release()
    {
        if (_held is not { } held)
        {
            return;
        }

        _held = null;
        var tail = held.Tail().AsSpan();
        if (held.TotalBytes > tail.Length)
        {
            tail = tail[(tail.IndexOf((byte)'\n') + 1)..];
            var lines = held.TotalLines - tail.Count((byte)'\n');
            _lines.Flush();
            deliver($"... {lines} lines ({held.TotalBytes - tail.Length} bytes) left out ...");
        }

        Tell(tail);
    }
}
