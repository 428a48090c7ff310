namespace Aios.Store.Notices;

/// <summary>A notice that was made known to a channel.</summary>
/// <param name="Id">It is higher than those of all earlier ones.</param>
/// <param name="At">When, UTC.</param>
internal sealed record SentNotice(long Id, DateTimeOffset At);
