namespace Aios.Store;

/// <summary>A commit of the daemon's writer.</summary>
/// <param name="Took">From its begin to durable, with all waiting for others' locks.</param>
/// <param name="Works">How many pieces of work it made durable together.</param>
/// <param name="Tries">How often it had to be tried; 1 is at once.</param>
internal readonly record struct CommitFacts(TimeSpan Took, int Works, int Tries);
