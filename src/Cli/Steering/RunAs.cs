using System.CommandLine;
using Aios.Platform;
using Aios.Platform.Linux;

namespace Aios.Cli;

/// <summary>
/// <c>AIOS_RUN_AS=owner</c>, which the container image sets: started as root, AIOS becomes the user to whom the database
/// belongs (where there is none yet, the home), before it does anything else. So it may write what is mounted, what it
/// makes belongs to who mounted it, and programs are not run as root.
/// </summary>
internal static class RunAs
{
    private const string Variable = "AIOS_RUN_AS";

    /// <summary>Becomes the owner, if that is asked for and this process may.</summary>
    /// <exception cref="CommandLineException">Something else is asked for.</exception>
    public static void Owner(ParseResult parsed)
    {
        var wanted = Environment.GetEnvironmentVariable(Variable);
        if (string.IsNullOrEmpty(wanted))
            return;
        if (wanted != "owner")
            throw new CommandLineException(
                $"{Variable}: found \"{wanted}\", expected \"owner\". To be another user, start AIOS as that one (docker run --user)."
            );
        if (!ProcessUser.IsRoot || FileIdentity.OwnerOf(Place(parsed)) is not { User: > 0 } owner)
            return;
        ProcessUser.Become(owner.User, owner.Group);
    }

    /// <summary>What to say of a daemon that goes on as root though it was to be the owner; null where that is no matter.</summary>
    public static string? StillRoot(ParseResult parsed)
    {
        if (Environment.GetEnvironmentVariable(Variable) != "owner" || !ProcessUser.IsRootOfTheMachine)
            return null;
        return $"AIOS and all programs run as root, because {Place(parsed)} belongs to root. Give it to another user (chown), and AIOS "
            + $"will be that one.";
    }

    // A file that was mounted is what must be written, and a folder in its place is somebody's mistake.
    private static string Place(ParseResult parsed)
    {
        var home = parsed.GetValue(SharedOptions.Home)
            ?? Environment.GetEnvironmentVariable("AIOS_HOME")
            ?? Directory.GetCurrentDirectory();
        var database = parsed.GetValue(SharedOptions.Database) ?? Environment.GetEnvironmentVariable("AIOS_DB") ?? Settings.DefaultDatabase;
        var path = Path.GetFullPath(Path.Combine(home, database));
        return File.Exists(path) ? path : Path.GetFullPath(home);
    }
}
