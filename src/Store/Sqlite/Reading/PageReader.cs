using Aios.Store.Jobs;
using Aios.Store.Runs;
using Aios.Store.Sqlite.Driver;

namespace Aios.Store.Sqlite.Reading;

/// <summary>
/// Reads long tables page by page, newest first. Rows that do not match are passed over in windows, so that each read is
/// short however few of them match: with a rollback journal a reader holds up commits.
/// </summary>
internal sealed class PageReader<T>(
    SqliteStoreReader reader,
    string table,
    string time,
    Func<string, NamedValues, List<T>> read,
    Func<T, long> idOf,
    string ofJob = "job_name = @job",
    string? condition = null
)
{
    private const int Window = 20_000;
    private const int MostWindows = 25;

    private readonly List<string> _conditions = condition is null ? [] : [condition];
    private readonly NamedValues _values = new();

    /// <summary>The page below a number; null for the first one.</summary>
    public Page<T> Read(RowFilter filter, long? before, int limit)
    {
        Add(filter);
        var (oldest, newest) = reader.Bounds(table);
        var top = Math.Min(before ?? long.MaxValue, newest + 1);
        var items = new List<T>();
        for (var windows = 0; windows < MostWindows && top > oldest; windows++)
        {
            var bottom = Math.Max(oldest, top - Window);
            items.AddRange(ReadWindow(bottom, top, limit + 1 - items.Count));
            if (items.Count > limit)
            {
                items.RemoveAt(limit);
                return new Page<T>(items, idOf(items[^1]));
            }

            top = bottom;
        }

        return new Page<T>(items, top > oldest ? top : null);
    }

    /// <summary>Leaves out what does not meet a condition, unless its value is null.</summary>
    public void Where(string condition, string name, object? value)
    {
        if (value is null)
            return;
        _conditions.Add(condition);
        _values.Add(name, value);
    }

    private List<T> ReadWindow(long bottom, long top, int limit)
    {
        _values.Add("bottom", bottom);
        _values.Add("top", top);
        _values.Add("limit", limit);
        return read(
            $"WHERE {string.Concat(_conditions.Select(condition => $"{condition} AND "))}id >= @bottom AND id < @top ORDER BY id DESC "
                + $"LIMIT @limit",
            _values
        );
    }

    private void Add(RowFilter filter)
    {
        Where(ofJob, "job", filter.JobName);
        Where("status = @status", "status", filter.Status?.Name());
        Where($"{time} >= @since", "since", filter.Since is { } since ? UnixTime.Of(since) : null);
        Where($"{time} < @until", "until", filter.Until is { } until ? UnixTime.Of(until) : null);
        Where("trigger_id = @trigger", "trigger", filter.TriggerId);
        Where("device = @device", "device", filter.Device);
        Where("instr(actor, @actor) > 0", "actor", filter.Actor);
        Where("(action = @action OR substr(action, 1, length(@action) + 1) = @action || '.')", "action", filter.Action);
        if (JobNameFilter.Condition(filter.JobPatterns, _values) is { } ofJobs)
            _conditions.Add(ofJobs);
    }
}
