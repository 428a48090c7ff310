using System.Globalization;

namespace Aios.Cli;

/// <summary>The run that a verb was started in, as its environment says.</summary>
internal static class RunScope
{
    /// <summary>The run's number, or null outside of a run.</summary>
    public static long? RunId =>
        long.TryParse(Environment.GetEnvironmentVariable("AIOS_RUN_ID"), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? id
            : null;

    /// <summary>The job's name, or null outside of a run.</summary>
    public static string? Job => Environment.GetEnvironmentVariable("AIOS_JOB") is { Length: > 0 } name ? name : null;
}
