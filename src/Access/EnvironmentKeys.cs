namespace Aios.Access;

/// <summary>
/// Keys from the setting <c>AIOS_API_KEYS</c>, for containers: <c>key:role|role</c>, separated by commas. Of several roles the
/// highest counts.
/// </summary>
internal static class EnvironmentKeys
{
    /// <summary>A shorter one could be guessed.</summary>
    public const int Shortest = 20;

    /// <summary>Reads the setting.</summary>
    /// <exception cref="AccessException">It makes no sense. The message never shows a key.</exception>
    public static IEnumerable<KnownKey> Read(string? setting)
    {
        var number = 0;
        foreach (var entry in (setting ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            number++;
            var colon = entry.LastIndexOf(':');
            var key = colon < 0 ? entry : entry[..colon];
            if (key.Length < Shortest)
                throw new AccessException(
                    $"AIOS_API_KEYS, entry {number}: found a key of {key.Length} characters, expected at least {Shortest}. `aios keys "
                        + $"make` prints a good one."
                );
            if (colon < 0)
                throw new AccessException(
                    $"AIOS_API_KEYS, entry {number}: found no role, expected KEY:ROLE with one of {string.Join(", ", RoleNames.All)}."
                );
            yield return new KnownKey(
                KeyText.Hash(key),
                new Principal($"key {number} of AIOS_API_KEYS", RoleOf(entry[(colon + 1)..], number), JobPatterns.All),
                null
            );
        }
    }

    private static Role RoleOf(string text, int number) =>
        text.Split('|')
            .Select(name =>
                RoleNames.Parse(name)
                ?? throw new AccessException(
                    $"AIOS_API_KEYS, entry {number}: found the role \"{name}\", expected one of {string.Join(", ", RoleNames.All)}; "
                        + $"several are separated by |."
                )
            )
            .Max();
}
