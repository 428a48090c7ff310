namespace Aios.Store.Runs;

/// <summary>Which process a run is.</summary>
/// <param name="Pid">Its process id.</param>
/// <param name="Start">When it started by the kernel's count, which tells it from a later process of the same id; null where
/// there is none.</param>
/// <param name="Started">When it started, UTC.</param>
internal sealed record RunProcess(int Pid, long? Start, DateTimeOffset Started);
