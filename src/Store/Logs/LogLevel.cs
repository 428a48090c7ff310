using System.Collections.Immutable;

namespace Aios.Store.Logs;

/// <summary>How much a line of the log matters: the words in <c>logs.level</c>, the least first.</summary>
internal static class LogLevel
{
    public const string Debug = "DEBUG";
    public const string Info = "INFO";
    public const string Warning = "WARNING";
    public const string Error = "ERROR";
    public const string Critical = "CRITICAL";

    /// <summary>How much a level matters; words that mean nothing matter as much as <see cref="Info"/>.</summary>
    public static int Rank(string level) =>
        level switch
        {
            Debug => 0,
            Warning => 2,
            Error => 3,
            Critical => 4,
            _ => 1,
        };

    /// <summary>The level that somebody names, in whatever case; null if it is none.</summary>
    public static string? Parse(string? text) => All.FirstOrDefault(level => level.Equals(text, StringComparison.OrdinalIgnoreCase));

    /// <summary>All of them, the least first.</summary>
    public static ImmutableArray<string> All { get; } = [Debug, Info, Warning, Error, Critical];
}
