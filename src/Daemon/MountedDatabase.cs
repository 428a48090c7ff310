using Aios.Platform.Linux;
using Aios.Store;
using Aios.Store.Devices;
using Aios.Store.Sqlite;

namespace Aios.Daemon;

/// <summary>
/// A database file that is mounted alone (`docker run -v $(pwd)/orchestrator.db:/app/orchestrator.db`). Its journal lies in
/// the container. If that is killed in the middle of a commit and then removed, nobody can take back the half of it that
/// has been written: the file is torn. Nothing can be done about it from in here but to notice.
/// </summary>
internal static class MountedDatabase
{
    /// <summary>Looks the file through where a daemon went without a goodbye, and with its container the journal.</summary>
    /// <exception cref="StoreException">It is damaged.</exception>
    public static void RefuseTorn(QueueConnection connection, IReadOnlyList<DeviceRecord> known)
    {
        if (!known.Any(device => device.Online) || !Mounts.IsMountPoint(connection.Path)) return;
        if (connection.QuickCheck().Damage is not [var first, ..]) return;
        throw new StoreException(
            $"{connection.Path} is damaged ({first}). It is mounted as a file of its own, so the journal that would have mended it went with a container that was killed. "
            + $"Restore a backup, or try `sqlite3 {Path.GetFileName(connection.Path)} .recover`. {Mounts.HowToMountAFolder}");
    }

    /// <summary>Says at the start what such a mount can cost.</summary>
    public static void Warn(string databasePath, DaemonLog log)
    {
        if (!Mounts.IsMountPoint(databasePath)) return;
        log.Warning(
            $"{databasePath} is mounted as a file of its own, so its journal lies in this container: if the container is killed in the middle of a commit and then removed, the database is damaged. "
            + $"Stop it with `docker stop` before you remove it. Better: {Mounts.HowToMountAFolder}");
    }
}
