namespace Aios.Store.Devices;

/// <summary>What a new list has made of a job.</summary>
/// <param name="JobName">Its name.</param>
/// <param name="Before">Its definition before; null if there was none.</param>
/// <param name="After">Its definition now; null if there is none any more.</param>
internal sealed record ListedJobChange(string JobName, string? Before, string? After);
