namespace Aios.Store.Devices;

/// <summary>A daemon that shares the database, in one boot of it.</summary>
/// <param name="Device">Its id.</param>
/// <param name="BootId">New each time the daemon starts.</param>
/// <param name="Tags">What it has.</param>
/// <param name="Pid">Its process, on its machine.</param>
/// <param name="Machine">The machine, in one boot of it: processes can be asked about only there.</param>
/// <param name="LockDomain">Devices that name the same one can see each other's locks.</param>
/// <param name="Version">Of the program.</param>
/// <param name="MaxParallel">How many runs it does at once.</param>
/// <param name="Started">UTC.</param>
internal sealed record DeviceRecord(
    string Device,
    string BootId,
    IReadOnlyList<string> Tags,
    int Pid,
    string Machine,
    string LockDomain,
    string Version,
    int MaxParallel,
    DateTimeOffset Started
)
{
    /// <summary>Whether it said goodbye or was found dead.</summary>
    public bool Online { get; init; } = true;

    /// <summary>When it last said that it lives, UTC.</summary>
    public DateTimeOffset Heartbeat { get; init; } = Started;

    /// <summary>What is wrong with it (a bad job list, say), or null.</summary>
    public string? Trouble { get; init; }
}
