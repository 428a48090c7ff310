using System.Globalization;

namespace Aios.Running.Linux.Limits;

/// <summary>How many open files this daemon may allow a program.</summary>
internal static unsafe class OpenFilesLimit
{
    private const int CapSysResource = 24;

    /// <exception cref="RunStartException">More than its own hard limit, which takes a privilege that it lacks.</exception>
    public static void Check(int? wanted)
    {
        var own = stackalloc ulong[2];
        if (wanted is null || LibC.getrlimit(LibC.RLIMIT_NOFILE, own) != 0 || (ulong)wanted.Value <= own[1] || MayRaise())
        {
            return;
        }

        throw new RunStartException(
            $"limit open_files: {wanted} is more than this daemon may give, which is {own[1]}; lower it, or raise the daemon's own limit "
                + $"(ulimit -Hn, LimitNOFILE= of a systemd unit)"
        );
    }

    private static bool MayRaise()
    {
        const string name = "CapEff:";
        var line = ControlFile
            .ReadWhole("/proc/self/status")
            .Split('\n')
            .FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal));
        return ulong.TryParse(line?[name.Length..].Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var capabilities)
            && (capabilities >> CapSysResource & 1) == 1;
    }
}
