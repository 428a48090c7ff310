namespace Aios.Service;

/// <summary>How the service does.</summary>
/// <param name="Unit">Its name: <c>aios.service</c>.</param>
/// <param name="File">Where its unit is.</param>
/// <param name="IsInstalled">Whether there is such a file.</param>
/// <param name="Active">systemd's word: active, activating, inactive, failed.</param>
/// <param name="StartsAtBoot">Whether it is enabled.</param>
/// <param name="Process">Its process; null if it does not run.</param>
/// <param name="Words">What the daemon says of itself; empty if nothing.</param>
internal sealed record ServiceState(
    string Unit,
    string File,
    bool IsInstalled,
    string Active,
    bool StartsAtBoot,
    int? Process,
    string Words
)
{
    /// <summary>Whether it is at work.</summary>
    public bool IsActive => Active == "active";
}
