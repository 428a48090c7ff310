namespace Aios.Api.Live;

/// <summary>Some rows that a reader wants, oldest first.</summary>
/// <param name="Rows">May be none although more follow.</param>
/// <param name="Position">Where to go on: all rows up to here have been looked at.</param>
internal sealed record LivePage(IReadOnlyList<LiveRow> Rows, long Position);
