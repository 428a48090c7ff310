namespace Aios.Running;

/// <summary>Names of signals on Linux, for messages.</summary>
internal static class SignalNames
{
    private static readonly string[] Names =
    [
        "",
        "HUP",
        "INT",
        "QUIT",
        "ILL",
        "TRAP",
        "ABRT",
        "BUS",
        "FPE",
        "KILL",
        "USR1",
        "SEGV",
        "USR2",
        "PIPE",
        "ALRM",
        "TERM",
        "STKFLT",
        "CHLD",
        "CONT",
        "STOP",
        "TSTP",
        "TTIN",
        "TTOU",
        "URG",
        "XCPU",
        "XFSZ",
        "VTALRM",
        "PROF",
        "WINCH",
        "IO",
        "PWR",
        "SYS",
    ];

    /// <summary>" (KILL)", or nothing for a number without a name.</summary>
    public static string Suffix(int signal) => signal > 0 && signal < Names.Length ? $" ({Names[signal]})" : "";
}
