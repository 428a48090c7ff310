namespace Aios.Store;

/// <summary>A part of a long list, newest first.</summary>
/// <param name="Items">At most as many as were asked for; fewer, even none, do not mean that it is the last page.</param>
/// <param name="Next">The next page begins below this number; null if this is the last one.</param>
internal sealed record Page<T>(IReadOnlyList<T> Items, long? Next);
