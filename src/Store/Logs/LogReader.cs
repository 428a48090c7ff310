namespace Aios.Store.Logs;

/// <summary>
/// Reads the log forward, from the last lines that are asked for on. Lines that do not match are passed over in windows,
/// so that each read is short however few of them match: with a rollback journal a reader holds up commits.
/// </summary>
internal sealed class LogReader(IStoreReader reader, LogQuery query, long after = 0)
{
    private const int Window = 20_000;
    private const int LargestPage = 1000;
    private long _after = after;

    /// <summary>The number of the last line that was passed.</summary>
    public long After => _after;

    /// <summary>The next lines will be the last <paramref name="count"/> of those there are, and all that come after them.</summary>
    public void StartAtLast(long count)
    {
        var (oldest, newest) = reader.LogBounds(query.RunId);
        _after = newest;
        for (var top = newest; top >= oldest && count > 0; top -= Window)
        {
            var (found, first) = reader.LastLogs(query, top - Window, top, count);
            if (found > 0)
                _after = first - 1;
            count -= found;
            if (found == 0 && query.Since is { } since && reader.NewestLogTime(top - Window, top) < since)
                return;
        }
    }

    /// <summary>The next lines, oldest first; none if there are no more for now.</summary>
    public IReadOnlyList<LogRow> Next(int limit = LargestPage)
    {
        var (oldest, newest) = reader.LogBounds(query.RunId);
        _after = Math.Max(_after, oldest - 1);
        while (_after < newest)
        {
            var top = Math.Min(_after + Window, newest);
            var lines = reader.Logs(query, _after, top, limit);
            _after = lines.Count == limit ? lines[^1].Id : top;
            if (lines.Count > 0)
                return lines;
        }

        return [];
    }
}
