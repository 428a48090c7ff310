using System.CommandLine;
using System.CommandLine.Completions;
using Aios.Cli.Help;

namespace Aios.Cli.Completion;

/// <summary>What can follow on a command line that is not finished.</summary>
internal sealed class Completer(RootCommand root)
{
    // How the place of a file or a folder is called in the help.
    private static readonly string[] PathNames = ["FILE", "FOLDER"];

    /// <summary>What fits.</summary>
    /// <param name="before">The words before, without the program's name.</param>
    /// <param name="word">What is there of the word that is being typed.</param>
    public Completions Of(IReadOnlyList<string> before, string word)
    {
        var place = CompletionPoint.After(root, before);
        var context = root.Parse(before).GetCompletionContext();
        if (place.Pending is { } option)
            return Fitting(word, option.GetCompletions(context).Select(Item), IsPath(option.HelpName));
        if (word.StartsWith('-') && !place.OnlyArguments)
            return Fitting(word, Options(place.Command), false);
        var argument = place.Command.Arguments.ElementAtOrDefault(place.Arguments)
            ?? place.Command.Arguments.LastOrDefault(last => last.Arity.MaximumNumberOfValues > 1);
        var commands = place.Arguments == 0 ? CommandTree.Commands(place.Command).Select(sub => (sub.Name, sub.Description)) : [];
        return Fitting(
            word,
            commands.Concat(argument?.GetCompletions(context).Select(Item) ?? []),
            argument is not null && IsPath(argument.HelpName)
        );
    }

    private static Completions Fitting(string word, IEnumerable<(string Word, string? About)> all, bool orFiles) =>
        new([.. all.Where(item => item.Word.StartsWith(word, StringComparison.Ordinal)).DistinctBy(item => item.Word)], orFiles);

    private static IEnumerable<(string, string?)> Options(Command command) =>
        CommandTree.OwnOptions(command).Concat(CommandTree.SharedOptions(command)).Select(option => (option.Name, option.Description));

    private static (string, string?) Item(CompletionItem item) => (item.InsertText ?? item.Label, item.Detail);

    private static bool IsPath(string? helpName) => PathNames.Contains(helpName);
}
