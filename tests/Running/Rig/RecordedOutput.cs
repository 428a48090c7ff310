using System.Collections.Concurrent;
using Aios.Running;

namespace Aios.Tests.Running;

/// <summary>Remembers what runs print.</summary>
internal sealed class RecordedOutput : IRunOutput
{
    private readonly ConcurrentQueue<OutputLine> _lines = new();

    public long Characters { get; private set; }

    public IReadOnlyList<string> All => [.. _lines.Select(line => line.Text)];

    public IReadOnlyList<string> Out => [.. _lines.Where(line => line.Stream == OutputStream.Out).Select(line => line.Text)];

    public IReadOnlyList<string> Error => [.. _lines.Where(line => line.Stream == OutputStream.Error).Select(line => line.Text)];

    public IReadOnlyList<(string Level, string Text)> WithLevels => [.. _lines.Select(line => (line.Level, line.Text))];

    public void Line(long runId, OutputLine line)
    {
        Characters += line.Text.Length;
        _lines.Enqueue(line);
    }

    /// <summary>The rest of the first line that begins so, waiting for it.</summary>
    public async Task<string> WaitFor(string beginning)
    {
        await Eventually.Is(
            () => _lines.Any(line => line.Text.StartsWith(beginning, StringComparison.Ordinal)),
            $"a line '{beginning}...'"
        );
        return _lines.First(line => line.Text.StartsWith(beginning, StringComparison.Ordinal)).Text[beginning.Length..];
    }
}
