namespace Aios.Daemon;

/// <summary>
/// The rows that could be neither handled nor closed. Turns leave them out; after a while they are tried again, for
/// somebody may have mended what was wrong.
/// </summary>
internal sealed class RowFaults(TimeProvider clock)
{
    private const int Most = 10_000;

    /// <summary>So long a row is left out.</summary>
    public static readonly TimeSpan Lapse = TimeSpan.FromMinutes(1);

    private readonly Dictionary<(string Table, string Key), (long Since, string Words)> _faults = [];

    /// <summary>How many there are.</summary>
    public int Count => _faults.Count;

    /// <summary>How many of a table.</summary>
    public int CountOf(string table) => Count == 0 ? 0 : _faults.Keys.Count(fault => fault.Table == table);

    /// <summary>In words, for all who ask how the device does; null without any.</summary>
    public string? InWords => Count == 0
        ? null
        : $"{(Count == 1 ? "1 row of the database is left out, for it" : $"{Count} rows of the database are left out, for they")} could be neither handled nor closed: {_faults.Values.First().Words}";

    /// <summary>Whether a row is left out.</summary>
    public bool Has(string table, object key) => Count > 0 && _faults.ContainsKey((table, $"{key}"));

    /// <summary>Leaves a row out; false if it was before.</summary>
    public bool Add(RowFault fault)
    {
        if (Count >= Most) _faults.Clear();
        return _faults.TryAdd((fault.Table, fault.Key), (clock.GetTimestamp(), fault.Words));
    }

    /// <summary>Tries those again that have been left out for long enough; true if there were any.</summary>
    public bool Forget()
    {
        if (Count == 0) return false;
        var late = _faults.Where(fault => clock.GetElapsedTime(fault.Value.Since) >= Lapse).Select(fault => fault.Key).ToList();
        foreach (var key in late) _faults.Remove(key);
        return late.Count > 0;
    }
}
