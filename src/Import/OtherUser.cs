using System.Globalization;
using Aios.Platform;

namespace Aios.Import;

/// <summary>
/// A program that ran as a user of its own. All programs of a daemon run as the daemon's user; only root's can become others.
/// </summary>
internal static class OtherUser
{
    /// <summary>The command that runs as this user, if it can; a job that cannot is switched off.</summary>
    /// <param name="user">A name or a number; null for the one who takes over.</param>
    /// <param name="command">What is run.</param>
    /// <param name="job">Gets a note, if there is something to say.</param>
    /// <param name="place">Where the user is named.</param>
    /// <param name="group">The group, if it is not the user's own.</param>
    /// <returns>The command, and whether the job may be on.</returns>
    public static (IReadOnlyList<string> Command, bool MayRun) Command(
        string? user,
        IReadOnlyList<string> command,
        ImportedJob job,
        string place,
        string? group = null
    )
    {
        if (string.IsNullOrEmpty(user) || (IsMe(user) && group is null))
            return (command, true);
        if (LocalUser.GroupOf(user) is not { } own)
        {
            job.Note(
                place,
                $"it runs as the user {user}, whom this machine does not have. It is switched off (enabled: false): make the user, and "
                    + $"let it run as them, or as the user of the daemon."
            );
            return (command, false);
        }

        if (LocalUser.Number == 0)
        {
            job.Note(
                place,
                $"it runs as the user {user}: done by setpriv, which only a daemon that runs as root can; a service of {user}'s "
                    + $"own is safer."
            );
            return (
                [
                    "setpriv",
                    $"--reuid={user}",
                    $"--regid={group ?? own.ToString(CultureInfo.InvariantCulture)}",
                    "--init-groups",
                    "--",
                    .. command,
                ],
                true
            );
        }

        job.Note(
            place,
            $"it runs as the user {user}, and here as the user of the daemon. It is switched off (enabled: false): take it over in a home "
                + $"of {user}'s, or make sure that it can run as another user."
        );
        return (command, false);
    }

    private static bool IsMe(string user) => user == LocalUser.Name || user == LocalUser.Number.ToString(CultureInfo.InvariantCulture);
}
