namespace Aios.Doctor;

/// <summary>How something that was looked at stands.</summary>
internal enum FindingState
{
    /// <summary>As it should be.</summary>
    Ok,

    /// <summary>Worth knowing, but nothing fails for it.</summary>
    Note,

    /// <summary>Something will not work until it is mended.</summary>
    Problem,
}
