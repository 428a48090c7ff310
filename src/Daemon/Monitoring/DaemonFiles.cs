using Aios.Platform;
using Aios.Store;

namespace Aios.Daemon.Monitoring;

/// <summary>Watches what lies outside the daemon: the database file, the commits of others, the job list's folder.</summary>
internal sealed class DaemonFiles : IDisposable
{
    private readonly FolderWatcher _jobs;
    private volatile bool _jobsTouched = true;

    /// <param name="settings">Where they are.</param>
    /// <param name="identity">Which database was opened; null: one that was made just now.</param>
    /// <param name="wake">Called when something may have changed.</param>
    public DaemonFiles(DaemonSettings settings, string? identity, Action wake)
    {
        Database = settings.Database.Watch(identity, wake);
        _jobs = FolderWatcher.Start(settings.JobsFolder, eachWrite: false, _ =>
        {
            _jobsTouched = true;
            wake();
        });
    }

    /// <summary>The database, from outside.</summary>
    public IDatabaseWatch Database { get; }

    /// <summary>Whether something has changed in the job list's folder and nobody has looked yet.</summary>
    public bool JobsTouched => _jobsTouched;

    /// <summary>The job list's folder is looked at now.</summary>
    public void ClearJobsTouched() => _jobsTouched = false;

    /// <inheritdoc />
    public void Dispose()
    {
        Database.Dispose();
        _jobs.Dispose();
    }
}
