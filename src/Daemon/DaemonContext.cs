using Aios.Daemon.Presence;
using Aios.Store.Results;

namespace Aios.Daemon;

/// <summary>Who this daemon is, for as long as it lives.</summary>
/// <param name="Settings">What it was told.</param>
/// <param name="Device">Its device id.</param>
/// <param name="BootId">New each time it starts.</param>
/// <param name="DatabaseId">Tells its database from every other one.</param>
/// <param name="Clock">The only source of time.</param>
internal sealed record DaemonContext(DaemonSettings Settings, string Device, string BootId, string DatabaseId, TimeProvider Clock)
{
    /// <summary>Whether its spans go anywhere.</summary>
    public bool IsTraced { get; init; }

    /// <summary>Where people can look at what is told them.</summary>
    public ConsoleAddress Console { get; } = new();

    /// <summary>The keys with which programs of runs call language models.</summary>
    public RunKeys RunKeys { get; } = new();

    /// <summary>Where results are that are too long for a row.</summary>
    public ResultFolder Results { get; } = new(Settings.Database, DatabaseId);

    /// <summary>In the environment of each of its children, so that they are known even if it died before it wrote them down.</summary>
    public string Marker => MarkerOf(DatabaseId, Device, BootId);

    /// <summary>The marker of the children of any device's boot.</summary>
    public static string MarkerOf(string databaseId, string device, string bootId) => $"{databaseId}/{device}/{bootId}";

    /// <summary>The wall clock, UTC.</summary>
    public DateTimeOffset Now => Clock.GetUtcNow();
}
