using Aios.Platform;
using Aios.Store.Sqlite.Files;

namespace Aios.Daemon;

/// <summary>Watches what lies outside the daemon: the database file, the commits of others, the job list's folder.</summary>
internal sealed class DaemonFiles : IDisposable
{
    private readonly string _databasePath;
    private readonly string? _identity;
    private string? _log;
    private string? _index;
    private readonly CommitCounter _commits;
    private readonly FolderWatcher _database;
    private readonly FolderWatcher _jobs;
    private uint? _schema;
    private volatile bool _databaseTouched = true;
    private volatile bool _jobsTouched = true;

    /// <param name="settings">Where they are.</param>
    /// <param name="identity">Which file was opened as the database; null: one that was made just now.</param>
    /// <param name="wake">Called when something may have changed.</param>
    public DaemonFiles(DaemonSettings settings, string? identity, Action wake)
    {
        _databasePath = settings.DatabasePath;
        _identity = identity ?? FileIdentity.Of(_databasePath);
        _commits = new CommitCounter(_databasePath);
        _database = DatabaseWatch.Start(_databasePath, () =>
        {
            _databaseTouched = true;
            wake();
        });
        _jobs = FolderWatcher.Start(settings.JobsFolder, eachWrite: false, _ =>
        {
            _jobsTouched = true;
            wake();
        });
    }

    /// <summary>
    /// What of the database is not at its path any more: the file that was opened, or its write-ahead log or the index
    /// of that, without which everybody else sees another database; null if all is there.
    /// </summary>
    public string? Vanished => FileIdentity.Of(_databasePath) != _identity ? _databasePath : HasLost("-wal", ref _log) ?? HasLost("-shm", ref _index);

    /// <summary>Whether the file that was opened seems to be damaged.</summary>
    public bool DatabaseSeemsDamaged => _commits.SeesDamage;

    /// <summary>Whether somebody has made or dropped a table or an index since the last question.</summary>
    public bool TakeSchemaChanged()
    {
        var (former, now) = (_schema, _commits.Schema());
        _schema = now;
        return former is not null && former != now;
    }

    /// <summary>A number that each commit changes, whoever commits; null where there is none.</summary>
    public uint? Commits => _commits.Read();

    /// <summary>Whether somebody, perhaps ourselves, has written to the database since the last question.</summary>
    public bool TakeDatabaseTouched()
    {
        if (!_databaseTouched) return false;
        _databaseTouched = false;
        return true;
    }

    /// <summary>Whether something has changed in the job list's folder since the last question.</summary>
    public bool TakeJobsTouched()
    {
        if (!_jobsTouched) return false;
        _jobsTouched = false;
        return true;
    }

    // The last connection alone takes it away, and as long as the daemon lives there is one.
    private string? HasLost(string suffix, ref string? known)
    {
        var path = _databasePath + suffix;
        var found = FileIdentity.Of(path);
        return found == (known ??= found) ? null : path;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _database.Dispose();
        _jobs.Dispose();
    }
}
