using System.Globalization;
using Aios.Daemon.Reporting;
using Aios.Store.Pruning;

namespace Aios.Daemon.History;

/// <summary>Says now and then what pruning has done, and once what it cannot do.</summary>
internal sealed class RetentionReport(DaemonSettings settings, DaemonLog log)
{
    private const long WorthTelling = 16 * 1024 * 1024;
    private long _triggers;
    private long _runs;
    private long _lines;
    private long _refused;
    private PruneRefusal? _firstRefused;
    private PruneRefusal? _toldOfRefused;
    private bool _toldOfSize;
    private bool _toldOfSpace;

    /// <summary>Whether something was removed that was not told of.</summary>
    public bool HasNews => _triggers + _runs + _lines > 0;

    /// <summary>Notes what a step did.</summary>
    public void Add(PruneResult result)
    {
        (_triggers, _runs, _lines) = (_triggers + result.Triggers, _runs + result.Runs, _lines + result.Lines);
        foreach (var refusal in result.Refused)
            Add(refusal);
    }

    /// <summary>Notes a row that may not be removed.</summary>
    public void Add(PruneRefusal refusal)
    {
        _refused++;
        _firstRefused ??= refusal;
    }

    /// <summary>Says once what may not be removed, at the end of a round.</summary>
    public void WarnOfRefused()
    {
        if (_firstRefused is { } first && first != _toldOfRefused)
        {
            var others = _refused > 1 ? string.Create(CultureInfo.InvariantCulture, $", nor {_refused - 1} more") : "";
            log.Warning(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Row {first.Id} of {first.Table} is old and cannot be removed{others}: {first.Why}. It stays, and the rest of the "
                        + $"history is removed as usual. AIOS adds no such rule: look at the triggers of the database (`sqlite3 "
                        + $"{settings.Database.Name} .schema`)."
                )
            );
        }

        (_toldOfRefused, _firstRefused, _refused) = (_firstRefused, null, 0);
    }

    /// <summary>Says what was removed since the last time.</summary>
    public void Tell(StoredSpace space)
    {
        log.Info(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Removed history that is older or more than is kept: {_triggers} triggers, {_runs} runs, {_lines} log lines. The "
                    + $"database holds {Megabytes(space.UsedBytes)} MB."
            )
        );
        (_triggers, _runs, _lines) = (0, 0, 0);
    }

    /// <summary>Says what has to be done by hand.</summary>
    public void Warn(StoredSpace space, RetentionLimits limits)
    {
        if (!_toldOfSize && limits.Bytes is { } most && space.UsedBytes > most)
        {
            _toldOfSize = true;
            log.Warning(
                $"The database holds {Megabytes(space.UsedBytes)} MB, more than keep_mb allows ({Megabytes(most)} MB), and nothing else "
                    + $"in it may be removed: the rest is open, younger than an hour, the state of programs, or held by keep_keys_days."
            );
        }

        if (_toldOfSpace || space.CanShrink || space.FreeBytes < WorthTelling)
            return;
        _toldOfSpace = true;
        log.Warning(
            $"{Megabytes(space.FreeBytes)} MB in {settings.Database.Name} are free, and cannot be given back to the disk, for the file "
                + $"was made without that. They are used for what comes. "
                + $"To make it smaller once and for all, {settings.Database.ShrinkAdvice}"
        );
    }

    private static string Megabytes(long bytes) => (bytes / 1048576.0).ToString("0.#", CultureInfo.InvariantCulture);
}
