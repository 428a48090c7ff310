using Aios.Platform;

namespace Aios.Store.Sqlite.Files;

/// <inheritdoc />
internal sealed class FileWatch : IDatabaseWatch
{
    private readonly string _path;
    private readonly string? _identity;
    private readonly DatabaseHeader _header;
    private readonly FolderWatcher _watcher;
    private string? _log;
    private string? _index;
    private uint? _schema;
    private bool _mayHaveLog = true;
    private volatile bool _isTouched = true;

    /// <param name="path">The file, which is open.</param>
    /// <param name="identity">Which file was opened; null: one that was made just now.</param>
    /// <param name="touched">Called when somebody, perhaps ourselves, may have committed.</param>
    public FileWatch(string path, string? identity, Action touched)
    {
        _path = path;
        _identity = identity ?? FileIdentity.Of(path);
        _header = new DatabaseHeader(path);
        _watcher = DatabaseWatch.Start(path, () =>
        {
            _isTouched = true;
            touched();
        });
    }

    // Without its write-ahead log or the index of that, everybody else sees another database.
    /// <inheritdoc />
    public string? Vanished
    {
        get
        {
            if (FileIdentity.Of(_path) != _identity)
                return _path;
            return _mayHaveLog ? HasLost("-wal", ref _log) ?? HasLost("-shm", ref _index) : null;
        }
    }

    /// <inheritdoc />
    public DatabaseGlance Glance()
    {
        var seen = _header.Read();
        var former = _schema;
        _schema = seen.Schema;
        _mayHaveLog = seen.Commits is null;
        return new(seen.SeemsDamaged, former is not null && former != seen.Schema, seen.Commits);
    }

    /// <inheritdoc />
    public bool IsTouched => _isTouched;

    /// <inheritdoc />
    public bool TakeTouched()
    {
        if (!_isTouched)
            return false;
        _isTouched = false;
        return true;
    }

    /// <inheritdoc />
    public void Dispose() => _watcher.Dispose();

    // The last connection alone takes it away, and as long as the daemon lives there is one.
    private string? HasLost(string suffix, ref string? known)
    {
        var path = _path + suffix;
        var found = FileIdentity.Of(path);
        return found == (known ??= found) ? null : path;
    }
}
