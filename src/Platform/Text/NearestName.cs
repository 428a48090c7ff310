using System.Collections.Immutable;

namespace Aios.Platform;

/// <summary>
/// Finds what somebody probably meant to write. Letters left out, added, changed or swapped count; case does not.
/// </summary>
internal static class NearestName
{
    // Beyond it the work is not worth a guess: nobody mistypes a name of this length.
    private const int LongestCompared = 128;

    /// <summary>The name most like <paramref name="written"/>, or null if none is like it.</summary>
    public static string? Of(string written, IEnumerable<string> names)
    {
        var nearest = Several(written, names, 1);
        return nearest.IsEmpty ? null : nearest[0];
    }

    /// <summary>" Did you mean "x"?", to be put behind a message, or nothing.</summary>
    public static string Hint(string written, IEnumerable<string> names) =>
        Of(written, names) is { } nearest ? $" Did you mean \"{nearest}\"?" : "";

    /// <summary>Up to <paramref name="count"/> names like <paramref name="written"/>, the most alike first.</summary>
    public static ImmutableArray<string> Several(string written, IEnumerable<string> names, int count)
    {
        if (written.Length is 0 or > LongestCompared)
            return [];

        var found = new List<(int Distance, string Name)>();
        foreach (var name in names)
        {
            if (Math.Abs(name.Length - written.Length) > Allowed(written, name))
                continue;
            var distance = Distance(written, name);
            if (distance <= Allowed(written, name))
                found.Add((distance, name));
        }

        return
        [
            .. found
                .OrderBy(near => near.Distance)
                .ThenBy(near => !near.Name.StartsWith(written, StringComparison.OrdinalIgnoreCase))
                .ThenBy(near => near.Name, StringComparer.Ordinal)
                .Take(count)
                .Select(near => near.Name),
        ];
    }

    /// <summary>
    /// How many edits turn one into the other: a letter inserted, removed, replaced, or swapped with its neighbour
    /// (the optimal string alignment distance, ignoring case).
    /// </summary>
    public static int Distance(string left, string right)
    {
        if (left.Length > LongestCompared || right.Length > LongestCompared)
            return int.MaxValue;

        Span<int> beforePrevious = stackalloc int[right.Length + 1];
        Span<int> previous = stackalloc int[right.Length + 1];
        Span<int> current = stackalloc int[right.Length + 1];
        for (var j = 0; j <= right.Length; j++)
            previous[j] = j;

        for (var i = 1; i <= left.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var replaced = previous[j - 1] + (Same(left[i - 1], right[j - 1]) ? 0 : 1);
                current[j] = Math.Min(replaced, Math.Min(previous[j], current[j - 1]) + 1);
                if (IsSwap(left, right, i, j))
                    current[j] = Math.Min(current[j], beforePrevious[j - 2] + 1);
            }

            previous.CopyTo(beforePrevious);
            current.CopyTo(previous);
        }

        return previous[right.Length];
    }

    private static bool IsSwap(string left, string right, int i, int j) =>
        i > 1 && j > 1 && Same(left[i - 1], right[j - 2]) && Same(left[i - 2], right[j - 1]);

    private static bool Same(char left, char right) => char.ToLowerInvariant(left) == char.ToLowerInvariant(right);

    // One edit in a short name, two in a middling one, a third of a long one: more would be guessing. One more where
    // both begin alike, as "retry" and "retries" do.
    private static int Allowed(string written, string name) =>
        Math.Max(written.Length, name.Length) switch
        {
            <= 3 => 1,
            <= 6 => 2,
            var length => length / 3 + (BeginAlike(written, name) ? 1 : 0),
        };

    private static bool BeginAlike(string left, string right) => left.AsSpan().CommonPrefixLength(right) >= 4;
}
