using Aios.Platform.Linux;

namespace Aios.Store.Sqlite.Files;

/// <summary>
/// A database file that is mounted alone (`docker run -v $(pwd)/orchestrator.db:/app/orchestrator.db`). Its journal lies in
/// the container. If that is killed in the middle of a commit and then removed, nobody can take back the half of it that
/// has been written: the file is torn. Nothing can be done about it from in here but to notice.
/// </summary>
internal static class MountedFile
{
    /// <summary>Looks the file through.</summary>
    /// <exception cref="StoreException">It is damaged.</exception>
    public static void RefuseTorn(SqliteStoreConnection connection)
    {
        var path = connection.Path;
        if (!Mounts.IsMountPoint(path))
            return;
        if (connection.QuickCheck().Damage is not [var first, ..])
            return;
        throw new StoreException(
            $"{path} is damaged ({first}). It is mounted as a file of its own, so the journal that could have repaired it was lost with a "
                + $"killed container. "
                + $"Restore a backup, or try `sqlite3 {Path.GetFileName(path)} .recover`. {Mounts.HowToMountAFolder}"
        )
        {
            Fault = StoreFault.Damaged,
        };
    }

    /// <summary>What such a mount can cost; null if it is none.</summary>
    public static string? Risk(string path) =>
        Mounts.IsMountPoint(path)
            ? $"{path} is mounted as a file of its own, so its journal lies in this container: if the container is killed in the middle "
                + $"of a commit and then removed, the database is damaged. "
                + $"Stop it with `docker stop` before you remove it. Better: {Mounts.HowToMountAFolder}"
            : null;
}
