namespace Aios.Jobs;

/// <summary>
/// Where a service that watches from outside is notified about a job. Each is a URL, or where it is (<c>env:NAME</c>,
/// <c>file:path</c>).
/// </summary>
/// <param name="Url">All of it: <c>/start</c> and <c>/fail</c> are added to its path; null where each has its own.</param>
/// <param name="Start">A run starts.</param>
/// <param name="Success">A run has succeeded.</param>
/// <param name="Fail">A run has failed, and no attempt is left.</param>
internal sealed record PingUrls(string? Url, string? Start = null, string? Success = null, string? Fail = null);
