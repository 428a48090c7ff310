namespace Aios.Cli;

/// <summary>What a verb answers to the shell.</summary>
internal static class ExitCode
{
    /// <summary>It did what was asked.</summary>
    public const int Good = 0;

    /// <summary>It could not, or what it watched failed.</summary>
    public const int Failed = 1;

    /// <summary>It was asked wrongly, or the job list has mistakes.</summary>
    public const int Misused = 2;

    /// <summary>All there are, in words; help, manual and docs/cli.md show them.</summary>
    internal static readonly IReadOnlyList<(string Code, string Meaning)> All =
    [
        ($"{Good}", "It did what was asked; `health`, `doctor`, `audit verify` and `notify test`: all is well."),
        ($"{Failed}", "It could not, or what it looked at or waited for is not well; the daemon: its database file vanished or was replaced."),
        ($"{Misused}", "It was asked wrongly (a verb, an option, a value, a job that there is not), or the job list has mistakes."),
        ("other", "`trigger --wait` ends with the exit status of the program, with 1 where it has none."),
    ];
}
