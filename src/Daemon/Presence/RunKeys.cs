using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Aios.Platform;

namespace Aios.Daemon.Presence;

/// <summary>
/// Keys with which the programs of runs call language models: each is of one run, can be made by this boot of the daemon alone,
/// and is checked without being kept anywhere.
/// </summary>
internal sealed class RunKeys
{
    /// <summary>What each of them begins with.</summary>
    public const string Prefix = "aios_run_";

    private readonly byte[] _secret = SecureRandom.Bytes(Sha256.Size);

    /// <summary>The key of a run.</summary>
    public string Make(long runId) =>
        string.Create(CultureInfo.InvariantCulture, $"{Prefix}{runId}_{Convert.ToHexStringLower(Seal(runId))}");

    /// <summary>The run whose key it is, whether it is still running or not; null if it is none of this boot.</summary>
    public long? RunOf(string key)
    {
        var mark = key.LastIndexOf('_');
        if (
            !key.StartsWith(Prefix, StringComparison.Ordinal)
            || mark < Prefix.Length
            || !long.TryParse(
                key.AsSpan(Prefix.Length, mark - Prefix.Length),
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var runId
            )
        )
            return null;
        var made = Encoding.ASCII.GetBytes(Make(runId));
        return CryptographicOperations.FixedTimeEquals(made, Encoding.UTF8.GetBytes(key)) ? runId : null;
    }

    // Hashed twice around the secret, as HMAC does it, so that nobody can go on from one seal to another.
    private byte[] Seal(long runId)
    {
        var inner = Sha256.Of([.. _secret, .. Encoding.ASCII.GetBytes(runId.ToString(CultureInfo.InvariantCulture))]);
        return Sha256.Of([.. _secret, .. inner]);
    }
}
