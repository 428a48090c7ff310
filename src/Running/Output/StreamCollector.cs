using System.Globalization;

namespace Aios.Running;

/// <summary>
/// Brings one stream of a run to its log. What exceeds the run's budget is counted, and only its end is kept and told
/// later: when the budget has recovered, or at the end of the run.
/// </summary>
/// <param name="budget">What the outputs of the run share.</param>
/// <param name="time">For what is told now and then.</param>
/// <param name="deliver">Takes a line, and whether it goes on with the one before it.</param>
internal sealed class StreamCollector(OutputBudget budget, TimeProvider time, Action<string, bool> deliver)
{
    private readonly LineSplitter _lines = new(deliver, time);
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

        var affordable = budget.Affordable(bytes);
        Tell(bytes[..affordable]);
        if (affordable < bytes.Length)
        {
            _held = new TailRing();
            _held.Write(bytes[affordable..]);
        }
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
        budget.Take(bytes);
        budget.GiveBack(_lines.Feed(bytes));
    }

    private void Release()
    {
        if (_held is not { } held)
        {
            return;
        }

        _held = null;
        var end = held.End();
        if (held.TotalBytes > end.Length)
        {
            var lines = held.TotalLines - end.Count((byte)'\n');
            _lines.Flush();
            budget.NoteLeftOut(lines);
            deliver(
                string.Create(CultureInfo.InvariantCulture, $"... {lines} lines ({held.TotalBytes - end.Length} bytes) left out ..."),
                false
            );
        }

        Tell(end);
    }
}
