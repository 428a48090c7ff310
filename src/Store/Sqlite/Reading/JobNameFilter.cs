using Aios.Store.Sqlite.Driver;

namespace Aios.Store.Sqlite.Reading;

/// <summary>Patterns of job names as SQLite has them.</summary>
internal static class JobNameFilter
{
    /// <summary>The condition that a row is of a job that matches one of the patterns; null for all jobs.</summary>
    public static string? Condition(IReadOnlyList<string> patterns, NamedValues values)
    {
        if (patterns.Count == 0)
            return null;
        for (var i = 0; i < patterns.Count; i++)
            values.Add($"pattern{i}", Glob(patterns[i]));
        return $"({string.Join(" OR ", patterns.Select((_, number) => Condition($"@pattern{number}")))})";
    }

    // The steps of a flow belong to its job.
    private static string Condition(string pattern) => $"job_name GLOB {pattern} OR job_name GLOB {pattern} || '/*'";

    // Of GLOB's special letters only the star means something in a pattern.
    private static string Glob(string pattern) =>
        pattern.Replace("[", "[[]", StringComparison.Ordinal).Replace("?", "[?]", StringComparison.Ordinal);
}
