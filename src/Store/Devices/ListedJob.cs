namespace Aios.Store.Devices;

/// <summary>A job in the list of a device.</summary>
/// <param name="JobName">Its name.</param>
/// <param name="CanRun">Whether it is enabled and the device has its tags.</param>
/// <param name="Definition">Its definition as JSON, without what must not be shown.</param>
/// <param name="Fingerprint">Differs whenever the definition does, also in what is not shown.</param>
internal sealed record ListedJob(string JobName, bool CanRun, string Definition, string Fingerprint)
{
    /// <summary>The schedule's identity; null if no clock starts it, as when it is disabled.</summary>
    public string? Schedule { get; init; }
}
