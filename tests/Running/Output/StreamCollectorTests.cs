using System.Text;
using Aios.Running;

namespace Aios.Tests.Running;

public sealed class StreamCollectorTests
{
    private readonly FakeClock _time = new();
    private readonly List<string> _lines = [];
    private readonly StreamCollector _collector;
    private readonly OutputBudget _budget;

    public StreamCollectorTests()
    {
        _budget = new(_time);
        _collector = new(_budget, _time, (line, _) => _lines.Add(line));
    }

    [Fact]
    public void Within_the_budget_all_is_told_at_once()
    {
        Feed("a\nb\n");

        Assert.Equal(["a", "b"], _lines);
        Assert.False(_collector.Holds);
    }

    [Fact]
    public void The_middle_is_left_out_and_counted()
    {
        var numbers = Enumerable.Range(0, 1_000_000).Select(i => $"{i:D9}").ToArray();
        foreach (var part in numbers.Chunk(5000))
        {
            Feed(string.Join('\n', part) + "\n");
        }

        _collector.End();

        var at = _lines.FindIndex(line => line.StartsWith("...", StringComparison.Ordinal));
        var left = int.Parse(_lines[at].Split(' ')[1]);
        Assert.Equal($"... {left} lines ({left * 10} bytes) left out ...", _lines[at]);
        Assert.Equal(numbers[..at], _lines[..at]);
        Assert.Equal(numbers[(at + left)..], _lines[(at + 1)..]);
        const int cost = 10 + OutputBudget.PerLine;
        Assert.InRange(at * cost, OutputBudget.Burst - cost, OutputBudget.Burst);
        Assert.InRange((_lines.Count - at - 1) * cost, (2 * TailRing.Capacity) - cost, 2 * TailRing.Capacity);
    }

    [Fact]
    public void What_fits_in_the_kept_end_is_told_whole_and_without_a_word()
    {
        Feed(new string('x', OutputBudget.Burst - OutputBudget.PerLine - 2) + "\n");
        Feed("partial");
        Feed(" line\nnext\n");
        Assert.True(_collector.Holds);

        _collector.End();

        Assert.Equal(["partial line", "next"], _lines[^2..]);
    }

    [Fact]
    public void It_is_told_when_the_budget_has_recovered()
    {
        Feed(string.Concat(Enumerable.Repeat("line\n", OutputBudget.Burst / 5)));
        Feed("late\n");
        var before = _lines.Count;

        _time.Advance(TimeSpan.FromSeconds(7));
        _collector.ReleaseIfAffordable();
        Assert.Equal(before, _lines.Count);
        _time.Advance(TimeSpan.FromSeconds(2));
        _collector.ReleaseIfAffordable();

        Assert.Equal("late", _lines[^1]);
        Assert.False(_collector.Holds);
    }

    [Fact]
    public void Endless_output_is_told_at_the_rate_of_the_budget()
    {
        var chunk = string.Concat(Enumerable.Repeat("line\n", 13_107));
        for (var second = 0; second < 3600; second++)
        {
            Feed(chunk);
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        var told = _lines.Sum(line => (long)line.Length + 1 + OutputBudget.PerLine);
        Assert.InRange(told, 3600 * OutputBudget.Refill / 2, OutputBudget.Burst + (3600 * OutputBudget.Refill * 11 / 10));
    }

    [Fact]
    public void A_line_without_an_end_is_held_back_too()
    {
        for (var i = 0; i < 100; i++)
        {
            Feed(new string('x', 65536));
        }

        _collector.End();

        Assert.InRange(_lines.Sum(line => line.Length), OutputBudget.Burst, OutputBudget.Burst + (2 * TailRing.Capacity));
        Assert.Contains(_lines, line => line.StartsWith("... 0 lines (", StringComparison.Ordinal));
    }

    [Fact]
    public void Short_lines_are_paid_for_by_their_rows()
    {
        for (var i = 0; i < 100; i++)
            Feed(string.Concat(Enumerable.Repeat("y\n", 100_000)));
        _collector.End();

        Assert.InRange(_lines.Count, OutputBudget.Burst / 70, OutputBudget.Burst / 50);
        Assert.Equal("y", _lines[^1]);
        var left = _lines.Single(line => line.StartsWith("...", StringComparison.Ordinal));
        Assert.Equal($"... {10_000_001 - _lines.Count} lines ({2 * (10_000_001 - _lines.Count)} bytes) left out ...", left);
    }

    [Fact]
    public void The_kept_end_of_a_line_without_an_end_begins_with_a_whole_character()
    {
        for (var i = 0; i < 40; i++)
            Feed(string.Concat(Enumerable.Repeat("€", 20_001)));
        _collector.End();

        Assert.All(_lines, line => Assert.DoesNotContain('\uFFFD', line));
    }

    [Fact]
    public void A_progress_bar_costs_what_is_told_of_it()
    {
        for (var i = 0; i < 200_000; i++)
        {
            Feed($"\r{i} {new string('=', 100)}");
            if (i % 1000 == 0)
                _time.Advance(TimeSpan.FromSeconds(1));
        }

        _collector.End();

        Assert.InRange(_lines.Count, 150, 250);
        Assert.DoesNotContain(_lines, line => line.StartsWith("...", StringComparison.Ordinal));
        Assert.StartsWith("199999 ", _lines[^1], StringComparison.Ordinal);
    }

    private void Feed(string text) => _collector.Feed(Encoding.UTF8.GetBytes(text));
}
