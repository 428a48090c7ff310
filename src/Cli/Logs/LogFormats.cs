using Aios.Daemon.Reporting;

namespace Aios.Cli;

/// <summary>Which form the daemon's lines have, by the setting or by who is likely to read them.</summary>
internal static class LogFormats
{
    /// <summary>The form that a setting names; null or <c>auto</c> chooses.</summary>
    /// <exception cref="CommandLineException">It is none.</exception>
    public static LogFormat Of(string? name) =>
        name switch
        {
            null or "auto" => Chosen(),
            "text" => LogFormat.Text,
            "json" => LogFormat.Json,
            "journal" => LogFormat.Journal,
            _ => throw new CommandLineException($"log_format (AIOS_LOG_FORMAT): found \"{name}\", expected auto, text, json or journal."),
        };

    // A person sits there if any of the three is a terminal: `aios | less` and `aios > file` are read by people, too.
    private static LogFormat Chosen()
    {
        if (!Console.IsOutputRedirected || !Console.IsInputRedirected || !Console.IsErrorRedirected)
            return LogFormat.Text;
        return IsJournal() ? LogFormat.Journal : LogFormat.Json;
    }

    // systemd.exec(5): device and inode of the socket that leads to the journal, which standard output may no longer be.
    private static bool IsJournal()
    {
        if (Environment.GetEnvironmentVariable("JOURNAL_STREAM")?.Split(':') is not [_, var inode])
            return false;
        try
        {
            return new FileInfo("/proc/self/fd/1").LinkTarget == $"socket:[{inode}]";
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
