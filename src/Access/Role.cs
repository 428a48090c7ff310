namespace Aios.Access;

/// <summary>What somebody may do. Each role may do all that those before it may.</summary>
internal enum Role
{
    /// <summary>Nobody in particular: whoever reaches the port.</summary>
    Anyone,

    /// <summary>Sees jobs, runs, logs and state.</summary>
    Viewer,

    /// <summary>Decides what waits for a person's approval.</summary>
    Approver,

    /// <summary>Triggers, stops, restarts, pauses; changes state.</summary>
    Operator,

    /// <summary>Sees settings, and does what is left.</summary>
    Admin,
}
