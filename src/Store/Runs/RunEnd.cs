using Aios.Store.Results;

namespace Aios.Store.Runs;

/// <summary>How a run ended.</summary>
internal sealed record RunEnd(RunStatus Status, DateTimeOffset Ended)
{
    /// <summary>Which process it was; null where none was, or it is known already.</summary>
    public RunProcess? Process { get; init; }

    /// <summary>The main process's exit status, where it exited.</summary>
    public int? ExitCode { get; init; }

    /// <summary>The signal that ended the main process.</summary>
    public int? Signal { get; init; }

    /// <summary>JSON.</summary>
    public string? ResultJson { get; init; }

    /// <summary>Where it is, if it is too long for a row.</summary>
    public ResultReference? ResultFile { get; init; }

    /// <summary>In words; null where all went well.</summary>
    public string? Reason { get; init; }

    /// <summary>Processor time of all its processes, user's and system's.</summary>
    public double? CpuSeconds { get; init; }

    /// <summary>The most that a single process of it had resident, in bytes.</summary>
    public long? PeakMemory { get; init; }

    /// <summary>Bytes that its processes printed.</summary>
    public long? OutputBytes { get; init; }

    /// <summary>Lines of it that were not kept; the log says so in their place.</summary>
    public long LinesLeftOut { get; init; }
}
