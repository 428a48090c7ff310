using Aios.Store;

namespace Aios.Daemon.Presence;

/// <summary>Whether a daemon works on a database, asked from outside.</summary>
/// <param name="Lives">Whether one does.</param>
/// <param name="Words">The same for people, in one line.</param>
internal sealed record DaemonPresence(bool Lives, string Words)
{
    /// <summary>
    /// Asks the locks first, which costs next to nothing and also works while the database is locked or its disk full; the
    /// heartbeats in the database only of devices whose locks cannot be seen from here.
    /// </summary>
    /// <exception cref="StoreException">No lock is held, and the database cannot be read.</exception>
    public static DaemonPresence Of(IDatabase database, DateTimeOffset now)
    {
        var state = StateFolder.Find(database);
        if (state?.HeldLocks().FirstOrDefault() is { } name)
            return new(true, $"a daemon is running: device \"{name}\"");
        using var reader = database.Read();
        var devices = reader?.Devices() ?? [];
        if (devices.FirstOrDefault(device => device.LockDomain != state?.LockDomain && device.SeemsAlive(now)) is { } far)
        {
            return new(true, $"a daemon is running: device \"{far.Device}\", last heartbeat {(now - far.Heartbeat).TotalSeconds:0} s ago");
        }

        var last = devices.MaxBy(device => device.Heartbeat);
        var since = last is null ? "" : $"; device \"{last.Device}\" was the last one, until {last.Heartbeat:yyyy-MM-dd HH:mm:ss} UTC";
        return new(false, $"no daemon is running on {database.Name}{since}");
    }
}
