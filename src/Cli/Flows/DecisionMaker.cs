using Aios.Access;
using Aios.Control.Flows;
using Aios.Platform;
using Aios.Store;
using Aios.Store.Audit;

namespace Aios.Cli.Flows;

/// <summary>Who decides at the command line: its user, or whoever's key was given.</summary>
internal static class DecisionMaker
{
    private const int LongestKey = 4096;
    private static readonly string[] RolesOfUsers = ["approver", "operator"];

    /// <summary>Why a program in a run may not decide without a key; null outside of runs. A guard against mistakes, no wall.</summary>
    public static string? WhyNot(string verb, long id) =>
        RunScope.RunIdOfSession is { } run
            ? $"`aios {verb}` was called by a program in run {run}{(RunScope.Job is { } job ? $" of job \"{job}\"" : "")}, and only "
                + $"people decide. Decide in the console, or run `aios {verb} {id}` in your own shell. If this program is meant to "
                + "decide, give it a key of its own (`aios keys add NAME --role approver`) and pass --key-file FILE."
            : null;

    /// <summary>The user: whoever owns the database, and root, may do all.</summary>
    public static Decider OfUser(IDatabase database)
    {
        var owner = FileIdentity.OwnerOf(database.Name) ?? FileIdentity.OwnerOf(database.Folder);
        var isOwner = owner is not { } known || known.User == LocalUser.Number || LocalUser.Number == 0;
        return new Decider(CliActor.Here, isOwner ? [.. RolesOfUsers, "admin"] : [.. RolesOfUsers]);
    }

    /// <summary>Whoever holds the key in a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="queue">Where keys are.</param>
    /// <param name="jobName">The job that the decision concerns.</param>
    /// <param name="clock">For keys that expire.</param>
    /// <exception cref="CommandLineException">The key opens nothing, or is not for this.</exception>
    public static Decider OfKey(string path, IStoreTransaction queue, string? jobName, TimeProvider clock)
    {
        var keys = new KeyRing([], queue.ApiKeys.All, () => null, clock);
        if (keys.Find(Read(path), anew: true) is not { } holder)
            throw new CommandLineException(
                $"--key-file: {path} holds no key that is in force. `aios keys list` lists them; `aios keys add NAME --role "
                    + "approver` makes one."
            );
        if (holder.Role < Role.Approver)
            throw new CommandLineException($"--key-file: {holder.Name} has the role {holder.Role.Name()}, expected approver or above.");
        if (!holder.Jobs.Match(jobName ?? ""))
            throw new CommandLineException($"--key-file: {holder.Name} is for other jobs ({holder.Jobs}) than \"{jobName}\".");
        return new Decider(new Actor(holder.Name, CliActor.Here.Origin), RoleNames.UpTo(holder.Role));
    }

    private static string Read(string path)
    {
        try
        {
            if (FileIdentity.IsSpecial(path) || new FileInfo(path).Length > LongestKey)
                throw new CommandLineException($"--key-file: {path} is no file with a key.");
            return File.ReadAllText(path).Trim();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CommandLineException($"--key-file: {path} cannot be read: {error.Message}");
        }
    }
}
