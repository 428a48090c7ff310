using System.CommandLine;
using Aios.Cli.Help;

namespace Aios.Cli.Completion;

/// <summary>Where on a command line somebody is.</summary>
/// <param name="Command">The command that was named so far.</param>
/// <param name="Arguments">How many of its arguments are there.</param>
/// <param name="Pending">The option whose value comes next; null if none waits for one.</param>
/// <param name="OnlyArguments">Whether <c>--</c> has ended the options.</param>
internal sealed record CompletionPoint(Command Command, int Arguments, Option? Pending, bool OnlyArguments)
{
    /// <summary>The place behind these words.</summary>
    public static CompletionPoint After(RootCommand root, IEnumerable<string> words) =>
        words.Aggregate(new CompletionPoint(root, 0, null, false), (place, word) => place.Then(word));

    private CompletionPoint Then(string word)
    {
        if (Pending is not null)
            return this with { Pending = null };
        if (OnlyArguments)
            return this with { Arguments = Arguments + 1 };
        if (word == "--")
            return this with { OnlyArguments = true };
        if (word.StartsWith('-'))
            return this with
            {
                Pending = word.Contains('=') || Option(word) is not { } option || !CommandTree.TakesValue(option) ? null : option,
            };
        if (Arguments == 0 && Command.Subcommands.FirstOrDefault(sub => sub.Name == word || sub.Aliases.Contains(word)) is { } sub)
            return this with { Command = sub };
        return this with { Arguments = Arguments + 1 };
    }

    private Option? Option(string name) =>
        CommandTree
            .OwnOptions(Command)
            .Concat(CommandTree.SharedOptions(Command))
            .FirstOrDefault(option => option.Name == name || option.Aliases.Contains(name));
}
