using Aios.Platform.Linux;

namespace Aios.Platform;

/// <summary>
/// Says when a file in a folder was written, renamed or removed. It is a hint, not a promise: network file systems and
/// some mounts say nothing, so whoever relies on it looks by himself now and then.
/// </summary>
public abstract class FolderWatcher : IDisposable
{
    /// <summary>Watches a folder; <paramref name="changed"/> gets the file's name, on a thread of the watcher's.</summary>
    public static FolderWatcher Start(string folder, Action<string> changed)
    {
        if (OperatingSystem.IsLinux() && InotifyWatcher.TryStart(folder, changed) is { } inotify) return inotify;
        return PlainFolderWatcher.Open(folder, changed);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Stops watching.</summary>
    protected abstract void Dispose(bool disposing);
}
