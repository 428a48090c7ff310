namespace Aios.Store.Jobs;

/// <summary>How far a schedule of a job has been followed.</summary>
/// <param name="JobName">The job.</param>
/// <param name="Schedule">The schedule's identity. A job that has been given another one has another row.</param>
/// <param name="Cursor">The latest instant that was considered, UTC.</param>
/// <param name="Resumed">The latest one since the clock fell behind that; null while it is not behind.</param>
internal sealed record ScheduleCursor(string JobName, string Schedule, DateTimeOffset Cursor, DateTimeOffset? Resumed);
