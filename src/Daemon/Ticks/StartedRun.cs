using Aios.Store.Runs;

namespace Aios.Daemon.Ticks;

/// <summary>A run whose process is there.</summary>
internal sealed record StartedRun(long RunId, string JobName, RunProcess Process);
