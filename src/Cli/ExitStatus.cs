namespace Aios.Cli;

/// <summary>What a verb answers to the shell.</summary>
public static class ExitStatus
{
    /// <summary>It did what was asked.</summary>
    public const int Good = 0;

    /// <summary>It could not, or what it watched failed.</summary>
    public const int Failed = 1;

    /// <summary>It was asked wrongly, or the job list has mistakes.</summary>
    public const int Misused = 2;
}
