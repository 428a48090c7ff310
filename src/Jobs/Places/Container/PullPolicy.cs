namespace Aios.Jobs.Places;

/// <summary>When an image is got from its registry.</summary>
internal enum PullPolicy
{
    /// <summary>If the engine does not have it.</summary>
    Missing,

    /// <summary>Before each run.</summary>
    Always,

    /// <summary>Not at all.</summary>
    Never,
}
