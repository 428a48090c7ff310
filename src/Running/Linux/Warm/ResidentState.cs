namespace Aios.Running.Linux.Warm;

/// <summary>Where a resident is in its life.</summary>
internal enum ResidentState
{
    /// <summary>It imports.</summary>
    Starting,

    /// <summary>It forks.</summary>
    Ready,

    /// <summary>It has said that it cannot fork, and why.</summary>
    Unfit,

    /// <summary>It takes no request any more.</summary>
    Ended,
}
