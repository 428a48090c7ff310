using Aios.Daemon.Loop;
using Aios.Daemon.Reporting;
using Aios.Store.Logs;

namespace Aios.Daemon.Ticks;

/// <summary>What went wrong in ticks: the rows that are left out, and what waits to be written because of them.</summary>
internal sealed class TickFaults(DaemonParts parts, LoopState loop, LoopFailures failures) : IDuty
{
    private const int MostTold = 20;
    private const int MostLines = 100_000;

    private readonly List<EndedRun> _unsettled = [];
    private readonly List<LogLine> _unwritten = [];
    private string? _stall;
    private string? _written;

    /// <summary>The rows that are left out.</summary>
    public RowFaults LeftOut { get; } = new(parts.Context.Clock);

    /// <inheritdoc />
    public bool IsDue => true;

    /// <inheritdoc />
    public bool RunsWhileStopping => true;

    /// <summary>Tries again what was left out for long enough, and has written into the device's row what is wrong.</summary>
    public void Run()
    {
        if (LeftOut.Forget() || LeftOut.HasTrials)
            TryAgain();
        loop.Beats |= LeftOut.InWords != _written;
    }

    /// <summary>What is wrong is written into the device's row now.</summary>
    public void MarkWritten() => _written = LeftOut.InWords;

    /// <summary>A tick is durable; some of its rows may have been at fault.</summary>
    public void Record(TickResult result, InboxBatch inbox)
    {
        failures.Clear();
        var news = LeftOut.Take(result.Faults, result.Worked);
        // A line of the log that cannot be written would not be told by another.
        foreach (var fault in news.Take(MostTold))
            Report(WordsOf(fault), fault.Table == "logs");
        if (news.Count > MostTold)
            Report($"So it went with {news.Count - MostTold} more rows.", onTerminalOnly: false);
        if (LeftOut.Count > 0)
            _unsettled.AddRange(inbox.Ended.Where(ended => LeftOut.Has("runs", ended.Run.Id)));
        Keep(result.Unwritten);
        if (LeftOut.Stalls is { } stall && stall != _stall)
            failures.ReportStall(stall);
        _stall = LeftOut.Stalls;
    }

    private void TryAgain()
    {
        parts.Inbox.PutBack(new InboxBatch([.. _unwritten], [], [.. _unsettled]));
        _unwritten.Clear();
        _unsettled.Clear();
        loop.JudgesAll = true;
    }

    private static string WordsOf(RowFault fault) =>
        fault switch
        {
            { FailsForAll: not null } => $"{fault.Words}. It is tried again each second.",
            { IsClosed: true } => $"A row could not be handled and is closed: {fault.Words}",
            _ => $"A row could not be handled and is left out for a minute: {fault.Words}",
        };

    private void Report(string words, bool onTerminalOnly)
    {
        if (onTerminalOnly)
            parts.Log.Show(new ConsoleLine(parts.Context.Now, LogLevel.Error, words));
        else
            parts.Log.Error(words);
    }

    private void Keep(IReadOnlyList<LogLine> lines)
    {
        _unwritten.AddRange(lines);
        if (_unwritten.Count > MostLines)
            _unwritten.RemoveRange(0, _unwritten.Count - MostLines);
    }
}
