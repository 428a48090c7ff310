using System.Globalization;

namespace Aios.Cli;

/// <summary>The run that a verb was started in, as its environment says.</summary>
internal static class RunScope
{
    private const string RunIdName = "AIOS_RUN_ID";

    /// <summary>The run's number, or null outside of a run.</summary>
    public static long? RunId => Parse(Environment.GetEnvironmentVariable(RunIdName));

    /// <summary>The same, also where the program has cleared its environment, if its session is that of the run.</summary>
    public static long? RunIdOfSession => RunId ?? (OperatingSystem.IsLinux() ? OfSessionLeader() : null);

    /// <summary>The job's name, or null outside of a run.</summary>
    public static string? Job => Environment.GetEnvironmentVariable("AIOS_JOB") is { Length: > 0 } name ? name : null;

    private static long? Parse(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    // Each run has a session of its own, which its first process leads.
    private static long? OfSessionLeader()
    {
        const int session = 3;
        try
        {
            var stat = File.ReadAllText("/proc/self/stat");
            var leader = stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[session];
            var variable = File.ReadAllText($"/proc/{leader}/environ")
                .Split('\0')
                .FirstOrDefault(pair => pair.StartsWith($"{RunIdName}=", StringComparison.Ordinal));
            return Parse(variable?[(RunIdName.Length + 1)..]);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
