using Aios.Running.Failures;
using Aios.Running.Secrets;
using Aios.Store.Logs;

namespace Aios.Running;

/// <summary>One output of a run on its way to the log: secrets are masked, lines cut, levels read.</summary>
internal sealed class StreamLog
{
    private readonly OutputStream _stream;
    private readonly Action<OutputStream, string, string> _deliver;
    private readonly StreamCollector _collector;
    private readonly MaskedStream? _masked;
    private readonly ErrorLines _errors;
    private string _level;

    /// <param name="stream">Which output it is.</param>
    /// <param name="budget">What both outputs of the run share.</param>
    /// <param name="mask">What must not be shown; null where nothing is secret.</param>
    /// <param name="errors">Takes what speaks of an error.</param>
    /// <param name="time">For what is told now and then.</param>
    /// <param name="deliver">Takes stream, level and text.</param>
    public StreamLog(
        OutputStream stream,
        OutputBudget budget,
        SecretMask? mask,
        ErrorLines errors,
        TimeProvider time,
        Action<OutputStream, string, string> deliver
    )
    {
        _stream = stream;
        _deliver = deliver;
        _errors = errors;
        _level = LevelOf(stream);
        _collector = new(budget, time, Tell);
        // Before all else, so that no cut that is made later can go through a secret.
        _masked = mask is null ? null : new(mask, _collector.Feed);
    }

    /// <summary>Output is held back.</summary>
    public bool Holds => _collector.Holds;

    /// <summary>The level of what has no prefix.</summary>
    public static string LevelOf(OutputStream stream) => stream == OutputStream.Error ? LogLevel.Warning : LogLevel.Info;

    public void Feed(ReadOnlySpan<byte> bytes)
    {
        if (_masked is null)
        {
            _collector.Feed(bytes);
            return;
        }

        _masked.Feed(bytes);
    }

    public void Tick() => _collector.ReleaseIfAffordable();

    /// <summary>Tells all that is left. The last call.</summary>
    public void End()
    {
        _masked?.End();
        _collector.End();
    }

    // The further pieces of a long line matter as much as its first.
    private void Tell(string text, bool isContinued)
    {
        if (!isContinued)
        {
            _level = LevelOf(LevelPrefix.Take(ref text), text);
        }

        _deliver(_stream, _level, text);
    }

    private string LevelOf(string? given, string text)
    {
        var mayTell = _stream == OutputStream.Error || given is LogLevel.Error or LogLevel.Critical;
        var isException = mayTell && _errors.Note(text);
        return given ?? (isException ? LogLevel.Error : LevelOf(_stream));
    }
}
