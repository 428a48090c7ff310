using System.Collections.Immutable;
using System.Security.Cryptography;
using Aios.Store.Api;

namespace Aios.Access;

/// <summary>All keys that open the API: those of the start, and those in the database and the key file as they stand now.</summary>
internal sealed class KeyRing(
    ImmutableArray<KnownKey> fixedKeys,
    Func<IReadOnlyList<ApiKeyRecord>> stored,
    Func<KnownKey?> ofFile,
    TimeProvider clock
)
{
    // A key that was revoked opens nothing after so long.
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private ImmutableArray<KnownKey> _stored = [];
    private long? _readAt;

    /// <summary>Whether there is any key but the one of the key file, which is of no use on other machines.</summary>
    public bool ServesOthers => !fixedKeys.IsEmpty || Stored(anew: false).Any(key => key.Holder.Name != KeyFile.Holder && IsInForce(key));

    /// <summary>Who holds the key; null if nobody does. Takes as long for a wrong key as for a right one.</summary>
    /// <param name="presented">What came.</param>
    /// <param name="anew">Whether a key counts that was made this instant; else one may be unknown for a second.</param>
    public Principal? Find(string presented, bool anew = false)
    {
        var hash = KeyText.Hash(presented);
        KnownKey? found = null;
        foreach (var key in Stored(anew).AddRange(fixedKeys))
        {
            if (CryptographicOperations.FixedTimeEquals(key.Hash, hash))
                found = key;
        }

        return found is not null && IsInForce(found) ? found.Holder : null;
    }

    private bool IsInForce(KnownKey key) => key.Expires is not { } expires || clock.GetUtcNow() < expires;

    private ImmutableArray<KnownKey> Stored(bool anew)
    {
        lock (_gate)
        {
            if (!anew && _readAt is { } at && clock.GetElapsedTime(at) < Fresh)
                return _stored;
            _stored = [.. stored().Select(Known).Append(ofFile()).OfType<KnownKey>()];
            _readAt = clock.GetTimestamp();
            return _stored;
        }
    }

    // Anybody may have written anything into the table; what makes no sense opens nothing.
    private static KnownKey? Known(ApiKeyRecord record)
    {
        if (RoleNames.Parse(record.Role) is not { } role || record.Hash.Length != 64 || !record.Hash.All(char.IsAsciiHexDigit))
            return null;
        return new KnownKey(
            Convert.FromHexString(record.Hash),
            new Principal($"key {record.Name}", role, JobPatterns.Parse(record.Jobs)),
            record.Expires
        );
    }
}
