using Aios.Platform;

namespace Aios.Store.Sqlite.Files;

/// <summary>Says when somebody, perhaps ourselves, may have committed to a database.</summary>
internal static class DatabaseWatch
{
    /// <summary>
    /// Watches the folder of an existing database. With a rollback journal a commit is the moment in which the journal is
    /// removed, so nothing else need be looked at; a write-ahead log stays open and is written to.
    /// </summary>
    public static FolderWatcher Start(string path, Action touched)
    {
        var name = Path.GetFileName(path);
        var hasLog = File.Exists(path + "-wal");
        return FolderWatcher.Start(Path.GetDirectoryName(path)!, hasLog, file =>
        {
            if (file.StartsWith(name, StringComparison.Ordinal))
                touched();
        });
    }
}
