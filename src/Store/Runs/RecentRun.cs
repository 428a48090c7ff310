namespace Aios.Store.Runs;

/// <summary>How one of the latest runs of a job stands. Instants are UTC.</summary>
internal sealed record RecentRun(long Id, string Status, DateTimeOffset Started, DateTimeOffset? Ended);
