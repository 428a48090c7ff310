using Aios.Jobs;
using Aios.Jobs.Formats;

namespace Aios.Running.Failures;

/// <summary>Says why a run failed: what it said itself, how it ended, and what to do.</summary>
internal sealed class FailureWords(RunningSettings settings)
{
    private const int LongestLine = 500;

    private static readonly int[] SignalsOfOthers = [2, 9, 15];

    /// <param name="job">What was run.</param>
    /// <param name="exit">How it ended.</param>
    /// <param name="failure">What the caller of its function says; null for other programs.</param>
    /// <param name="errors">What it printed of errors.</param>
    public string Of(Job job, ExitStatus exit, string? failure, ErrorLines errors)
    {
        var line = failure ?? Cut(errors.Last);
        var words = failure ?? (line is null || IsOfOthers(exit) ? Status(job, exit) : $"{line} ({Status(job, exit)})");
        var hint = exit.Code is null ? null : FailureHints.Find(new(job, line ?? "", exit, settings));
        return hint is null ? words : $"{words}; {hint}";
    }

    /// <summary>A line of bounded length.</summary>
    public static string? Cut(string? line) =>
        line is { Length: > LongestLine }
            ? line[..(char.IsHighSurrogate(line[LongestLine - 1]) ? LongestLine - 1 : LongestLine)] + "…"
            : line;

    // Whoever sent it, the program has not failed by itself.
    private static bool IsOfOthers(ExitStatus exit) => exit.Signal is { } signal && SignalsOfOthers.Contains(signal);

    private static string Status(Job job, ExitStatus exit) =>
        exit.Success ? $"{exit}, and its success_codes are {SuccessCodesFormat.InWords(job.SuccessCodes)}" : exit.ToString();
}
