using System.Collections.Immutable;
using System.Text;
using Aios.Jobs;
using Aios.Platform;

namespace Aios.Models.Configuration;

/// <summary>
/// What models.yaml says as JSON, kept to tell later what has changed in it. The values of headers may be secret: only a hash of
/// each is kept.
/// </summary>
internal static class ModelSettingsSnapshot
{
    /// <summary>The field of a provider whose values are hashed.</summary>
    public const string Secret = "headers";

    private const int HashBytes = 8;

    private static readonly ModelSettingsFormat Format = new();

    /// <summary>Writes it.</summary>
    /// <param name="settings">What the file says.</param>
    /// <param name="salt">Goes into the hashes, so that they tell nothing elsewhere.</param>
    public static string Of(ModelSettings settings, string salt)
    {
        var hashed = settings.Providers.ToImmutableSortedDictionary(
            provider => provider.Key,
            provider => provider.Value with { Headers = Hashed(provider.Value.Headers, salt) },
            StringComparer.Ordinal
        );
        return JsonText.Write(json => Format.WriteValue(json, settings with { Providers = hashed }));
    }

    private static ImmutableSortedDictionary<string, string> Hashed(ImmutableSortedDictionary<string, string> headers, string salt) =>
        headers.ToImmutableSortedDictionary(
            header => header.Key,
            header => Convert.ToHexStringLower(Sha256.Of(Encoding.UTF8.GetBytes($"{salt}/{header.Value}")).AsSpan(0, HashBytes)),
            headers.KeyComparer
        );
}
