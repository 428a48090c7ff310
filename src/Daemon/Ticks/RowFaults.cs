namespace Aios.Daemon.Ticks;

/// <summary>
/// The rows that could be neither handled nor closed. Ticks leave them out; after a while they are tried again, for
/// somebody may have mended what was wrong. Where every row fails, they are tried again soon.
/// </summary>
internal sealed class RowFaults(TimeProvider clock)
{
    private const int Most = 10_000;

    // Where every row fails, some are enough to see whether that is over, and there are others to try.
    private const int MostAtOnce = 4;

    /// <summary>So long a row is left out.</summary>
    public static readonly TimeSpan Lapse = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan ShortestLapse = TimeSpan.FromSeconds(1);

    private readonly Dictionary<(string Table, string Key), Entry> _faults = [];
    private IReadOnlySet<string> _worked = new HashSet<string>();

    /// <summary>How many there are.</summary>
    public int Count => _faults.Count;

    /// <summary>How many of a table.</summary>
    public int CountOf(string table) => Count == 0 ? 0 : _faults.Count(fault => fault.Key.Table == table && !fault.Value.IsOnTrial);

    /// <summary>In words, for all who ask how the device does; null without any.</summary>
    public string? InWords =>
        Count == 0
            ? null
            : FailsForAll?.Words ?? $"{LeftOutRows} could be neither handled nor closed: {_faults.Values.First().Fault.Words}";

    private string LeftOutRows =>
        Count == 1 ? "1 row of the database is left out, for it" : $"{Count} rows of the database are left out, for they";

    /// <summary>Why no run can begin, or no end of one be written down, in words; null if they can.</summary>
    public string? Stalls =>
        _faults.Values.FirstOrDefault(entry => entry.Fault is { FailsForAll: not null, Table: "triggers" or "runs" })?.Fault.Words;

    /// <summary>Whether a row is left out.</summary>
    public bool Has(string table, object key) => Count > 0 && _faults.TryGetValue((table, $"{key}"), out var entry) && !entry.IsOnTrial;

    /// <summary>Whether a statement has worked for other rows in the tick before.</summary>
    public bool HasWorked(string statement) => _worked.Contains(statement);

    /// <summary>Whether rows are left out because every row fails, so that it is worth noting what works.</summary>
    public bool LooksForProof => Count > 0 && FailsForAll is not null;

    /// <summary>Whether rows that were left out are tried again in the next tick.</summary>
    public bool HasTrials => Count > 0 && _faults.Values.Any(entry => entry.IsOnTrial);

    /// <summary>Takes over what a tick has found; the answer is what somebody should hear of.</summary>
    public IReadOnlyList<RowFault> Take(IReadOnlyList<RowFault> faults, IReadOnlySet<string> worked)
    {
        if (Count == 0 && faults.Count == 0)
            return [];
        var before = FailsForAll;
        var news = faults.Where(fault => (fault.IsClosed || Add(fault)) && fault.FailsForAll is null).ToList();
        EndTrials(worked);
        _worked = LooksForProof ? worked : new HashSet<string>();
        // What has worked for others is worth trying at once for those for which it failed.
        Try(entry => entry.Fault.FailsForAll is { } statement && _worked.Contains(statement));
        if (before is null && FailsForAll is { } isNew)
            news.Add(isNew);
        return news;
    }

    /// <summary>Leaves a row out; false if it was before.</summary>
    public bool Add(RowFault fault)
    {
        if (Count >= Most)
            _faults.Clear();
        // Of lines that cannot be written one entry is enough.
        var key = fault is { Table: "logs", FailsForAll: { } statement } ? (fault.Table, statement) : (fault.Table, fault.Key);
        var former = _faults.GetValueOrDefault(key);
        var lapse =
            fault.FailsForAll is null ? Lapse
            : former is null ? ShortestLapse
            : Shorter(former.Lapse * 2, Lapse);
        _faults[key] = new Entry(fault, clock.GetTimestamp(), lapse);
        return former is null;
    }

    /// <summary>Tries those again that have been left out for long enough; true if there were any.</summary>
    public bool Forget() =>
        Count > 0
        && (
            Try(entry => entry.Fault.FailsForAll is null && IsLate(entry))
            | Try(entry => entry.Fault.FailsForAll is not null && IsLate(entry), MostAtOnce)
        );

    // A row that was not at fault again is well, or has gone. What is written only when a run begins or ends may not have
    // been tried yet.
    private void EndTrials(IReadOnlySet<string> worked)
    {
        foreach (var (key, entry) in _faults.Where(fault => fault.Value.IsOnTrial).ToList())
        {
            var isUntried =
                entry.Fault is { FailsForAll: { } statement, Table: not ("triggers" or "runs") }
                && !worked.Contains(statement)
                && entry.Lapse < Lapse;
            if (isUntried)
                _faults[key] = entry with { IsOnTrial = false, Lapse = Shorter(entry.Lapse * 2, Lapse) };
            else
                _faults.Remove(key);
        }
    }

    private bool IsLate(Entry entry) => clock.GetElapsedTime(entry.Since) >= entry.Lapse;

    private bool Try(Func<Entry, bool> which, int most = int.MaxValue)
    {
        var some = _faults.Where(fault => !fault.Value.IsOnTrial && which(fault.Value)).Take(most).ToList();
        foreach (var (key, entry) in some)
            _faults[key] = entry with { IsOnTrial = true };
        return some.Count > 0;
    }

    private RowFault? FailsForAll => _faults.Values.FirstOrDefault(entry => entry.Fault.FailsForAll is not null)?.Fault;

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private sealed record Entry(RowFault Fault, long Since, TimeSpan Lapse)
    {
        // Tried again: its words stand until it is known how that went.
        public bool IsOnTrial { get; init; }
    }
}
