namespace Aios.Access;

/// <summary>A key that opens the API.</summary>
/// <param name="Hash">What is kept of it; see <see cref="KeyText.Hash"/>.</param>
/// <param name="Holder">Who comes with it.</param>
/// <param name="Expires">From then on it opens nothing, UTC; null is never.</param>
internal sealed record KnownKey(byte[] Hash, Principal Holder, DateTimeOffset? Expires);
