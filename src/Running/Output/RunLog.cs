using Aios.Running.Failures;
using Aios.Running.Secrets;
using Aios.Store.Logs;

namespace Aios.Running;

/// <summary>Brings both outputs of a run to its log, within one budget.</summary>
internal sealed class RunLog
{
    private readonly long _runId;
    private readonly IRunOutput _output;
    private readonly TimeProvider _time;
    private readonly OutputBudget _budget;
    private readonly StreamLog _out;
    private readonly StreamLog _error;
    private DateTimeOffset _now;
    private DateTimeOffset? _given;

    public RunLog(long runId, IRunOutput output, SecretMask? mask, TimeProvider time)
    {
        _runId = runId;
        _output = output;
        Mask = mask;
        _time = time;
        _budget = new OutputBudget(time);
        _out = new(OutputStream.Out, _budget, mask, Errors, time, Deliver);
        _error = new(OutputStream.Error, _budget, mask, Errors, time, Deliver);
    }

    /// <summary>What must not be shown of the run; null where nothing is secret.</summary>
    public SecretMask? Mask { get; }

    /// <summary>What it said of errors, without secrets.</summary>
    public ErrorLines Errors { get; } = new();

    /// <summary>Lines that were left out of it.</summary>
    public long LeftOut => _budget.LeftOut;

    public bool HoldsBack => _out.Holds || _error.Holds;

    /// <param name="stream">Where it was printed.</param>
    /// <param name="bytes">What.</param>
    /// <param name="at">When; null is now.</param>
    public void Feed(OutputStream stream, ReadOnlySpan<byte> bytes, DateTimeOffset? at = null)
    {
        _given = at;
        _now = at ?? _time.GetUtcNow();
        (stream == OutputStream.Out ? _out : _error).Feed(bytes);
    }

    public void Tick()
    {
        _now = LastOrNow();
        _out.Tick();
        _error.Tick();
    }

    /// <summary>Tells all that is left.</summary>
    public void End()
    {
        _now = LastOrNow();
        _out.End();
        _error.End();
    }

    /// <summary>A word of our own, before the start or after the end.</summary>
    public void Say(string text)
    {
        _now = _time.GetUtcNow();
        Deliver(OutputStream.Error, LogLevel.Warning, Mask?.Mask(text) ?? text);
    }

    // No line may seem later than one that is still to come, or that one would be taken for known when the run is taken up.
    private DateTimeOffset LastOrNow() => _given ?? _time.GetUtcNow();

    private void Deliver(OutputStream stream, string level, string text) => _output.Line(_runId, new(stream, level, text, _now));
}
