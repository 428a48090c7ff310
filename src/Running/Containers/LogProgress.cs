namespace Aios.Running.Containers;

/// <summary>Lets each line through once, however often the stream of lines is taken up again.</summary>
internal sealed class LogProgress(LogPosition? known)
{
    // The engine's own filter may round.
    private static readonly TimeSpan Margin = TimeSpan.FromMilliseconds(1);

    private LogPosition? _position = known;
    private int _toSkip = known?.Lines ?? 0;

    // All that was known has gone by: what comes now is new, also if the engine's clock was set back meanwhile.
    private bool _caughtUp = known is null;

    /// <summary>From where to ask.</summary>
    public DateTimeOffset? Since => _position?.At - Margin;

    /// <summary>The stream begins again.</summary>
    public void Rewind()
    {
        _toSkip = _position?.Lines ?? 0;
        _caughtUp = _position is null;
    }

    /// <summary>Whether a line is new.</summary>
    public bool IsNew(DateTimeOffset at)
    {
        if (!_caughtUp && !PassesKnown(at))
            return false;
        _position = _position is { } last && last.IsAt(at) ? last with { Lines = last.Lines + 1 } : new LogPosition(at, 1);
        return true;
    }

    private bool PassesKnown(DateTimeOffset at)
    {
        var last = _position!;
        if (last.IsAt(at) && _toSkip > 0)
        {
            _toSkip--;
            return false;
        }

        _caughtUp = last.IsAt(at) || last.IsBefore(at);
        return _caughtUp;
    }
}
