namespace Aios.Store.Jobs;

/// <summary>Why a job starts nothing new although its list would have it.</summary>
internal enum HoldKind
{
    /// <summary>Somebody paused it.</summary>
    Paused,

    /// <summary>Somebody stopped a job that would come back by itself.</summary>
    Stopped,

    /// <summary>It ended by itself, and its list does not have it come back after such an end.</summary>
    Ended,
}
