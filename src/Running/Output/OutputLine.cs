namespace Aios.Running;

/// <summary>A line that a program printed, or a piece of one that is too long.</summary>
/// <param name="Stream">Where it printed it.</param>
/// <param name="Level">One of the words in <see cref="Aios.Store.Logs.LogLevel"/>.</param>
/// <param name="Text">Without its end; at most 16 KiB of UTF-8, and free of control characters other than tab and escape.</param>
/// <param name="At">When it was read, UTC.</param>
internal readonly record struct OutputLine(OutputStream Stream, string Level, string Text, DateTimeOffset At);
