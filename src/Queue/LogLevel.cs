using System.Collections.Immutable;

namespace Aios.Queue;

/// <summary>How much a line of the log matters: the words in <c>logs.level</c>, the least first.</summary>
public static class LogLevel
{
    public const string Debug = "DEBUG";
    public const string Info = "INFO";
    public const string Warning = "WARNING";
    public const string Error = "ERROR";
    public const string Critical = "CRITICAL";

    /// <summary>All of them, the least first.</summary>
    public static ImmutableArray<string> All { get; } = [Debug, Info, Warning, Error, Critical];
}
