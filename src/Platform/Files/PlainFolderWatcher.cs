namespace Aios.Platform;

/// <summary>The runtime's own watcher, for systems without a better one here.</summary>
internal sealed class PlainFolderWatcher : FolderWatcher
{
    private readonly FileSystemWatcher? _watcher;

    private PlainFolderWatcher(FileSystemWatcher? watcher) => _watcher = watcher;

    /// <summary>Where the system cannot watch, the watcher stays silent.</summary>
    public static PlainFolderWatcher Open(string folder, Action<string> changed)
    {
        try
        {
            var watcher = new FileSystemWatcher(folder)
            {
                NotifyFilter = NotifyFilters.LastWrite | NotifyFilters.FileName | NotifyFilters.Size,
            };
            watcher.Changed += (_, change) => changed(change.Name ?? "");
            watcher.Created += (_, change) => changed(change.Name ?? "");
            watcher.Deleted += (_, change) => changed(change.Name ?? "");
            watcher.Renamed += (_, change) => changed(change.Name ?? "");
            watcher.EnableRaisingEvents = true;
            return new PlainFolderWatcher(watcher);
        }
        catch (Exception error) when (error is IOException or ArgumentException or PlatformNotSupportedException)
        {
            return new PlainFolderWatcher(null);
        }
    }

    protected override void Dispose(bool disposing) => _watcher?.Dispose();
}
