using System.Globalization;
using Aios.Platform;
using Aios.Store.Audit;

namespace Aios.Cli;

/// <summary>Who gives orders at the command line, for the audit.</summary>
internal static class CliActor
{
    /// <summary>The system's user, on this machine; within a run, that run.</summary>
    public static Actor Here { get; } = new($"user {LocalUser.Name}{Behind()}", $"cli on {Environment.MachineName}{Within()}");

    // Only root can have been somebody else before, and only root is believed.
    private static string Behind() =>
        LocalUser.Number == 0 && !OperatingSystem.IsWindows() && Environment.GetEnvironmentVariable("SUDO_USER") is { Length: > 0 } user
            ? $" (sudo by {user})"
            : "";

    private static string Within() => RunScope.RunId is { } run ? string.Create(CultureInfo.InvariantCulture, $" in run {run}") : "";
}
