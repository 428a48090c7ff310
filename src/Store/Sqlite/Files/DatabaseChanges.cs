using Aios.Platform;

namespace Aios.Store.Sqlite.Files;

/// <summary>Waits for commits of others. It is how every verb follows what happens.</summary>
internal sealed class DatabaseChanges : IStoreChanges
{
    // Also how late a commit is noticed where the system does not tell of changed files.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    // A commit can be seen only some time after its last write to the file.
    private static readonly int[] Pauses = [1, 2, 4, 8, 16, 32];

    private readonly AutoResetEvent _touched = new(false);
    private readonly FolderWatcher _watcher;
    private readonly IStoreReader _reader;
    private bool _isStirred;

    /// <summary>Of the database that the reader reads.</summary>
    public DatabaseChanges(string path, IStoreReader reader)
    {
        _reader = reader;
        _ = reader.HasNewCommit();
        _watcher = DatabaseWatch.Start(path, () => _touched.Set());
    }

    /// <summary>Has <see cref="Wait"/> return at once, from any thread.</summary>
    public void Stir()
    {
        _isStirred = true;
        _touched.Set();
    }

    /// <summary>Waits until somebody has committed, or a second is over.</summary>
    public void Wait()
    {
        if (!_touched.WaitOne(LongestWait) || Interlocked.Exchange(ref _isStirred, false))
            return;
        try
        {
            foreach (var pause in Pauses)
            {
                if (_reader.HasNewCommit())
                    return;
                Thread.Sleep(pause);
            }
        }
        catch (StoreException)
        {
            // Locked for long; whoever reads next tells of it.
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        // Its thread may be about to tell of one more change, so the event is left to the collector.
        _watcher.Dispose();
    }
}
