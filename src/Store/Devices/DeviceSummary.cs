namespace Aios.Store.Devices;

/// <summary>A device as people see it. Instants are UTC.</summary>
internal sealed record DeviceSummary(
    string Device,
    string Status,
    IReadOnlyList<string> Tags,
    long Pid,
    string Version,
    int MaxParallel,
    DateTimeOffset Started,
    DateTimeOffset Heartbeat,
    string? Trouble,
    string? Engine
)
{
    /// <summary>A daemon says that it lives every ten seconds; after this silence it is taken for dead.</summary>
    public static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(45);

    /// <summary>Devices that name the same one can see each other's locks.</summary>
    public string LockDomain { get; init; } = "";

    /// <summary>Since when its loop does not get on, UTC; null while it does. <see cref="Trouble"/> says why.</summary>
    public DateTimeOffset? Stalled { get; init; }

    /// <summary>Whether a daemon runs there, as far as the database tells.</summary>
    public bool SeemsAlive(DateTimeOffset now) => Status == "online" && now - Heartbeat < LongestSilence;
}
