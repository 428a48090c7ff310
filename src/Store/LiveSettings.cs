using Aios.Store.Logs;

namespace Aios.Store;

/// <summary>Settings that stand in the database and are taken over while daemons run.</summary>
internal static class LiveSettings
{
    /// <summary>How much a line of the daemon must matter to be said.</summary>
    public const string LogLevelKey = "log-level";

    /// <summary>All of them, as people write them.</summary>
    public static IReadOnlyList<string> All { get; } = [LogLevelKey];

    /// <summary>What one is called in the table <c>config</c>.</summary>
    public static string NameOf(string key) => key.Replace('-', '_');

    /// <summary>What is wrong with a value for the log level; null if nothing is.</summary>
    public static string? DefectOf(string value) =>
        LogLevel.Parse(value) is null
            ? $"found \"{value}\", expected {string.Join(", ", LogLevel.All.Select(level => level.ToLowerInvariant()))}."
            : null;
}
