namespace Aios.Store.Logs;

/// <summary>A line of the log as it was written down.</summary>
/// <param name="Id">Rises with each line, in the order of commits.</param>
/// <param name="Line">The line.</param>
/// <param name="Device">Where it was said.</param>
internal sealed record LogRow(long Id, LogLine Line, string Device);
