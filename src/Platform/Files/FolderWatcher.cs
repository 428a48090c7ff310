using Aios.Platform.Linux;

namespace Aios.Platform;

/// <summary>
/// Says when a file in a folder was written and closed, renamed or removed. It is a hint, not a promise: network file systems and
/// some mounts say nothing, so whoever relies on it looks by himself now and then.
/// </summary>
internal abstract class FolderWatcher : IDisposable
{
    /// <summary>Watches a folder.</summary>
    /// <param name="folder">Which.</param>
    /// <param name="eachWrite">Whether to say so at each write to a file that stays open, too.</param>
    /// <param name="changed">Gets the file's name, on a thread of the watcher's.</param>
    public static FolderWatcher Start(string folder, bool eachWrite, Action<string> changed)
    {
        if (OperatingSystem.IsLinux() && InotifyWatcher.TryStart(folder, eachWrite, changed) is { } inotify)
            return inotify;
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
