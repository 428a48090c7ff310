using Aios.Platform;

namespace Aios.Import;

/// <summary>A program that ran as a user of its own. All programs of a daemon run as the daemon's user; only root's can become others.</summary>
internal static class OtherUser
{
    /// <summary>The command that runs as this user, if it can; a job that cannot is switched off.</summary>
    /// <param name="user">Null for the one who takes over.</param>
    /// <param name="command">What is run.</param>
    /// <param name="job">Gets a note, if there is something to say.</param>
    /// <param name="place">Where the user is named.</param>
    /// <returns>The command, and whether the job may be on.</returns>
    public static (IReadOnlyList<string> Command, bool MayRun) Command(string? user, IReadOnlyList<string> command, ImportedJob job, string place)
    {
        if (user is null || user == LocalUser.Name) return (command, true);
        if (LocalUser.Number == 0)
        {
            job.Note(place, $"it runs as the user {user}: done by runuser, which only a daemon that runs as root can; a service of {user}'s own is safer.");
            return (["runuser", "-u", user, "--", .. command], true);
        }

        job.Note(place, $"it runs as the user {user}, and here as the user of the daemon. It is switched off (enabled: false): take it over in a home of {user}'s, or make sure that it may run as another.");
        return (command, false);
    }
}
