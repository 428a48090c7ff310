using Aios.Store;
using Aios.Store.Devices;

namespace Aios.Daemon.Presence;

/// <summary>The place that this daemon takes among those that share the database: a device id that no other living daemon has.</summary>
internal sealed record DeviceLease(string Device, DeviceLock Lock) : IDisposable
{
    // Whoever looks whether a device lives holds its lock for a moment.
    private const int Tries = 5;
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(60);

    /// <summary>Takes the id that was asked for, or the host's name, numbered if need be.</summary>
    /// <exception cref="StoreException">The id that was asked for is held by a living daemon.</exception>
    public static DeviceLease Take(string? wanted, StateFolder state, IReadOnlyList<DeviceRecord> known, DateTimeOffset now)
    {
        if (wanted is not null)
        {
            return TryTake(wanted, state, known, now)
                ?? throw new StoreException(
                    $"A daemon with the device id \"{wanted}\" is running on this database. Stop it, or give this one another id "
                        + $"(--device-id, DEVICE_ID)."
                );
        }

        var host = Environment.MachineName;
        for (var number = 1; ; number++)
        {
            var name = number == 1 ? host : $"{host}-{number}";
            if (TryTake(name, state, known, now) is { } lease)
                return lease;
        }
    }

    /// <summary>Whether a device that the database calls online still lives.</summary>
    public static bool Lives(DeviceRecord device, StateFolder state, DateTimeOffset now)
    {
        if (device.LockDomain != state.LockDomain)
            return now - device.Heartbeat < DeviceSummary.LongestSilence;
        return DeviceLock.IsHeld(state.LockFile(device.Device));
    }

    /// <inheritdoc />
    public void Dispose() => Lock.Dispose();

    private static DeviceLease? TryTake(string name, StateFolder state, IReadOnlyList<DeviceRecord> known, DateTimeOffset now)
    {
        var elsewhere = known.FirstOrDefault(device => device.Device == name && device.Online && device.LockDomain != state.LockDomain);
        if (elsewhere is not null && now - elsewhere.Heartbeat < DeviceSummary.LongestSilence)
            return null;
        for (var tries = 0; tries < Tries; tries++)
        {
            if (tries > 0)
                Thread.Sleep(BetweenTries);
            if (DeviceLock.TryTake(state.LockFile(name)) is { } held)
                return new DeviceLease(name, held);
        }

        return null;
    }
}
