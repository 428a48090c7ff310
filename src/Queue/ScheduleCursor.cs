namespace Aios.Queue;

/// <summary>How far a job's schedule has been followed.</summary>
/// <param name="Schedule">The schedule in words, to notice that it was changed.</param>
/// <param name="Cursor">The last instant that was considered, UTC.</param>
public sealed record ScheduleCursor(string Schedule, DateTimeOffset Cursor);
