namespace Aios.Running;

/// <summary>Why a run is ended before its time.</summary>
internal enum StopReason
{
    /// <summary>Somebody asked.</summary>
    Canceled,

    /// <summary>It took longer than its job allows.</summary>
    TimedOut,

    /// <summary>It used more than its job's limits allow.</summary>
    Limit,

    /// <summary>The daemon ends.</summary>
    Shutdown,

    /// <summary>An idle job makes room for work.</summary>
    GaveWay,
}
