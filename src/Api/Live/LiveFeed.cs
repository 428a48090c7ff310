using Aios.Store;

namespace Aios.Api.Live;

/// <summary>
/// The latest rows of a table, once in memory for all who watch it. Each reader has nothing of its own but a position: one
/// that is slow holds nothing and nobody up, and goes on from the database when what it has not seen is here no longer.
/// </summary>
internal sealed class LiveFeed(LiveSource source, ReaderPool readers, Action wake)
{
    private const int MostRows = 2048;
    private const int MostBytes = 4 * 1024 * 1024;
    private const int RowsAtOnce = 256;
    private const int BytesAtOnce = 32 * 1024;

    private readonly Lock _gate = new();
    private readonly List<LiveRow> _rows = [];
    private int _first;
    private long _bytes;
    private int _watchers;

    // All rows above the floor, up to the position, are here. Null while nobody watches, for then nothing is read.
    private (long Floor, long Position)? _extent;

    /// <summary>Where it comes from.</summary>
    public LiveSource Source => source;

    /// <summary>Whether anybody watches.</summary>
    public bool IsWatched
    {
        get
        {
            lock (_gate)
                return _watchers > 0;
        }
    }

    /// <summary>Somebody watches from now on, until <see cref="Leave"/>.</summary>
    public void Join()
    {
        lock (_gate)
            _watchers++;
        wake();
    }

    /// <summary>Somebody has gone.</summary>
    public void Leave()
    {
        lock (_gate)
        {
            if (--_watchers > 0)
                return;
            _rows.Clear();
            (_first, _bytes, _extent) = (0, 0, null);
        }
    }

    /// <summary>Reads the table itself.</summary>
    public Task<T> Read<T>(Func<IStoreReader, T> read) => readers.ReadAsync(read);

    /// <summary>The wanted rows after a position, some at a time; null if they have to be read from the table.</summary>
    public LivePage? Take(long after, LiveFilter filter)
    {
        lock (_gate)
        {
            if (_extent is not var (floor, position) || after < floor || after > position)
                return null;
            var wanted = new List<LiveRow>();
            var bytes = 0;
            for (var i = PlaceAfter(after); i < _rows.Count; i++)
            {
                if (!filter.Wants(_rows[i]))
                    continue;
                wanted.Add(_rows[i]);
                bytes += _rows[i].Json.Length;
                if (wanted.Count == RowsAtOnce || bytes >= BytesAtOnce)
                    return new LivePage(wanted, _rows[i].Id);
            }

            return new LivePage(wanted, position);
        }
    }

    /// <summary>Reads what is new in the table, if anybody watches; true if there was anything. Called by one at a time.</summary>
    public async Task<bool> Refresh()
    {
        if (!IsWatched)
            return false;
        if (Position() is not { } position)
        {
            var newest = await readers.ReadAsync(reader => source.Bounds(reader).Newest).ConfigureAwait(false);
            lock (_gate)
                if (_watchers > 0)
                    _extent = (newest, newest);
            return true;
        }

        var page = await readers.ReadAsync(reader => source.After(reader, LiveFilter.All, position)).ConfigureAwait(false);
        if (page.Position == position)
            return false;
        lock (_gate)
            Add(page, position);
        return true;
    }

    private long? Position()
    {
        lock (_gate)
            return _extent?.Position;
    }

    private void Add(LivePage page, long expected)
    {
        // All may have left meanwhile, and others may have come.
        if (_extent is not var (floor, position) || position != expected)
            return;
        _rows.AddRange(page.Rows);
        _bytes += page.Rows.Sum(row => (long)row.Json.Length);
        while (_rows.Count - _first > MostRows || (_bytes > MostBytes && _first < _rows.Count))
        {
            floor = _rows[_first].Id;
            _bytes -= _rows[_first].Json.Length;
            _rows[_first++] = null!;
        }

        if (_first > MostRows)
        {
            _rows.RemoveRange(0, _first);
            _first = 0;
        }

        _extent = (floor, page.Position);
    }

    private int PlaceAfter(long id)
    {
        var (low, high) = (_first, _rows.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_rows[middle].Id <= id)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
