using Aios.Store.Logs;

namespace Aios.Daemon;

/// <summary>What went wrong in turns of the loop: the rows that are left out, what waits to be written because of them, and who is told.</summary>
internal sealed class TickFaults(DaemonParts parts)
{
    private const int MostTold = 20;
    private const int MostLines = 100_000;

    private readonly List<EndedRun> _unsettled = [];
    private readonly List<LogLine> _unwritten = [];
    private string? _lastFailure;
    private string? _stall;
    private string? _written;
    private Task<DateTimeOffset?> _stallTold = Task.FromResult<DateTimeOffset?>(null);

    /// <summary>The rows that are left out.</summary>
    public RowFaults LeftOut { get; } = new(parts.Context.Clock);

    /// <summary>Whether what is wrong is not what was written into the device's row last.</summary>
    public bool HasNews => LeftOut.InWords != _written;

    /// <summary>What is wrong is written into the device's row now.</summary>
    public void Written() => _written = LeftOut.InWords;

    /// <summary>Tries again what was left out for long enough; true if there is such.</summary>
    public bool TryAgain()
    {
        if (!LeftOut.Forget() && !LeftOut.HasTrials) return false;
        parts.Inbox.PutBack(new InboxBatch([.. _unwritten], [], [.. _unsettled]));
        _unwritten.Clear();
        _unsettled.Clear();
        return true;
    }

    /// <summary>A turn is durable; some of its rows may have been at fault.</summary>
    public void Note(TickResult result, InboxBatch inbox)
    {
        if (_lastFailure is not null) parts.Log.Info("The daemon gets on again.");
        _lastFailure = null;
        var news = LeftOut.Take(result.Faults, result.Worked);
        // A line of the log that cannot be written would not be told by another.
        foreach (var fault in news.Take(MostTold)) Tell(WordsOf(fault), fault.Table == "logs");
        if (news.Count > MostTold) Tell($"So it went with {news.Count - MostTold} more rows.", onTerminalOnly: false);
        if (LeftOut.Count > 0) _unsettled.AddRange(inbox.Ended.Where(ended => LeftOut.Has("runs", ended.RunId)));
        Keep(result.Unwritten);
        if (LeftOut.Stalls is { } stall && stall != _stall) TellStall(stall);
        _stall = LeftOut.Stalls;
    }

    /// <summary>A turn has failed as a whole, and is tried again.</summary>
    public void NoteFailure(Exception error)
    {
        var what = $"{error.Message} ({error.GetType().Name})";
        if (error.Message != _lastFailure && parts.Store.Trouble?.What != error.Message) parts.Log.Error($"A turn of the daemon failed and is tried again each second: {what}");
        _lastFailure = error.Message;
        parts.Liveness.Failed(what);
        TellStall(what);
    }

    private void TellStall(string what)
    {
        if (_stallTold.IsCompletedSuccessfully && _stallTold.Result is { } due) parts.NoticeDispatcher.Expect(due);
        if (_stallTold.IsCompleted) _stallTold = StallReport.Tell(parts, what);
    }

    private static string WordsOf(RowFault fault) => fault switch
    {
        { FailsForAll: not null } => $"{fault.Words}. It is tried again each second.",
        { IsClosed: true } => $"A row could not be handled and is closed: {fault.Words}",
        _ => $"A row could not be handled and is left out for a minute: {fault.Words}",
    };

    private void Tell(string words, bool onTerminalOnly)
    {
        if (onTerminalOnly) parts.Log.Show(new ConsoleLine(parts.Context.Now, LogLevel.Error, words));
        else parts.Log.Error(words);
    }

    private void Keep(IReadOnlyList<LogLine> lines)
    {
        _unwritten.AddRange(lines);
        if (_unwritten.Count > MostLines) _unwritten.RemoveRange(0, _unwritten.Count - MostLines);
    }
}
