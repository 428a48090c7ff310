namespace Aios.Queue;

/// <summary>Why a job starts nothing new although its list would have it.</summary>
public enum HoldKind
{
    /// <summary>Somebody paused it.</summary>
    Paused,

    /// <summary>Somebody stopped a job that would come back by itself.</summary>
    Stopped,
}
