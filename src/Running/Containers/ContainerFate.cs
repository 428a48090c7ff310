namespace Aios.Running.Containers;

/// <summary>What became of a container whose daemon died.</summary>
internal enum ContainerFate
{
    /// <summary>There is none, or it was never started.</summary>
    NeverRan,

    /// <summary>It runs, or has ended and can tell how.</summary>
    CanTell,

    /// <summary>The engine does not answer.</summary>
    Unknown,
}
