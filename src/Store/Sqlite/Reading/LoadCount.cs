using Aios.Store.Jobs;
using Aios.Store.Runs;

namespace Aios.Store.Sqlite.Reading;

/// <summary>Counts runs into steps of time. All times are Unix seconds.</summary>
internal sealed class LoadCount
{
    private readonly double _since;
    private readonly double _length;
    private readonly double _now;

    public LoadCount(double since, double until, int steps, double now)
    {
        (_since, _length, _now) = (since, (until - since) / steps, now);
        Steps = new LoadStep[steps];
        for (var i = 0; i < steps; i++)
            Steps[i] = new LoadStep();
    }

    /// <summary>The earliest first.</summary>
    public LoadStep[] Steps { get; }

    /// <summary>Counts a run, if it was within the steps at all.</summary>
    public void Add(double started, double? ended, string status)
    {
        var first = (started - _since) / _length;
        var last = ((ended ?? _now) - _since) / _length;
        if (first >= Steps.Length || last < 0 || !double.IsFinite(first) || !double.IsFinite(last))
            return;
        if (first >= 0)
            Count(Steps[(int)first], status);
        var end = Math.Min(last, Steps.Length);
        for (var at = Math.Max(first, 0); at < end; )
        {
            var step = (int)at;
            var next = Math.Min(step + 1, end);
            Steps[step].BusySeconds += (next - at) * _length;
            at = next;
        }
    }

    private static void Count(LoadStep step, string status)
    {
        if (status == RunStatus.Succeeded.Name())
            step.Succeeded++;
        else if (status == RunStatus.Failed.Name() || status == RunStatus.TimedOut.Name() || status == RunStatus.Lost.Name())
            step.Failed++;
        else
            step.Other++;
    }
}
