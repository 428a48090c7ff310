namespace Aios.Notices;

/// <summary>What a heartbeat service is told.</summary>
/// <param name="JobName">Of which job.</param>
/// <param name="Target">A URL, or where it is.</param>
/// <param name="Suffix">What is added to its path.</param>
/// <param name="Body">What was wrong; null where nothing was.</param>
internal sealed record Ping(string JobName, string Target, string Suffix, string? Body);
