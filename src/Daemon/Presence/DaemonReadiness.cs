using Aios.Platform;
using Aios.Store;

namespace Aios.Daemon.Presence;

/// <summary>Whether a daemon takes work, asked from outside: one that lives and writes its heartbeats down does,
/// if the database still takes writes.</summary>
/// <param name="IsReady">Whether one does.</param>
/// <param name="Words">The same for people, in one line.</param>
internal sealed record DaemonReadiness(bool IsReady, string Words)
{
    // It beats every ten seconds.
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>Asks the locks and the database.</summary>
    /// <exception cref="StoreException">The database cannot be read.</exception>
    public static DaemonReadiness Of(IDatabase database, DateTimeOffset now)
    {
        var life = DaemonPresence.Of(database, now);
        if (!life.Lives)
            return new(false, life.Words);
        using var reader = database.Read();
        var newest = reader?.Devices().Where(device => device.Status == "online").MaxBy(device => device.Heartbeat);
        if (newest is null)
            return new(false, "a daemon is running but not at work: it has just started, or is stopping");
        if (newest.Stalled is not null)
            return new(false, $"device \"{newest.Device}\" is running, but its loop makes no progress: {newest.Trouble}");
        var silent = now - newest.Heartbeat;
        if (silent > LongestSilence)
            return new(
                false,
                $"device \"{newest.Device}\" is running, but its last heartbeat was {silent.TotalSeconds:0} s ago: it hangs, or cannot "
                    + $"write to the database"
            );
        if (WhyNotWritable(database) is { } why)
            return new(false, $"device \"{newest.Device}\" is running, but the database accepts no writes: {why}");
        return new(true, $"device \"{newest.Device}\" takes work, heard of {Math.Max(silent.TotalSeconds, 0):0} s ago");
    }

    // A heartbeat tells of it only when the next one is missing. Who may do less than the daemon cannot try for it.
    private static string? WhyNotWritable(IDatabase database)
    {
        if (LocalUser.Number != 0 && FileIdentity.OwnerOf(database.Name)?.User != LocalUser.Number)
            return null;
        try
        {
            database.TimeToWrite(Patience, TimeProvider.System);
            return null;
        }
        catch (StoreException error)
        {
            return error.Message;
        }
    }
}
