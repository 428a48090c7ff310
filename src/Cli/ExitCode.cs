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
        ($"{Good}", "Success; for `health`, `doctor`, `audit verify` and `notify test`: no problem was found."),
        ($"{Failed}", "Failure, or a problem was found; for the daemon: its database file was deleted or replaced."),
        ($"{Misused}", "Wrong usage (an unknown verb, option, value or job), or mistakes in the job list."),
        ("other", "`trigger --wait` exits with the program's exit status, or with 1 if there is none."),
    ];
}
