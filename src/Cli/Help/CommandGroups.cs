using System.CommandLine;

namespace Aios.Cli.Help;

/// <summary>The verbs in the order in which somebody gets to know them, under what they are for.</summary>
internal static class CommandGroups
{
    private static readonly (string Title, string[] Names)[] Groups =
    [
        ("Get started", ["init", "run", "console", "service"]),
        ("Run and stop jobs", ["trigger", "stop", "restart", "pause", "resume"]),
        ("Flows and approvals", ["flow", "approvals", "approve", "reject", "signal"]),
        ("Language models", ["models", "calls", "cost"]),
        ("Monitor", ["status", "top", "jobs", "next", "why", "runs", "logs"]),
        ("Find problems", ["doctor", "health", "notify"]),
        ("Administer", ["config", "keys", "audit", "backup", "restore", "prune"]),
        ("For programs and shells", ["progress", "state", "completion", "man"]),
    ];

    /// <summary>What is listed under each title; one list without a title for a command other than the root.</summary>
    public static IEnumerable<(string Title, IReadOnlyList<Command> Commands)> Of(Command command)
    {
        var all = CommandTree.Commands(command).ToList();
        if (command is not RootCommand)
            return [("Commands", all)];

        var others = all.Where(verb => !Groups.Any(group => group.Names.Contains(verb.Name))).ToList();
        return Groups
            .Select(group =>
                (group.Title, (IReadOnlyList<Command>)[.. group.Names.SelectMany(name => all.Where(verb => verb.Name == name))])
            )
            .Append(("Others", others));
    }
}
