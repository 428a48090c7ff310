using System.CommandLine;
using Aios.Platform;

namespace Aios.Cli.Completion;

/// <summary><c>aios __complete</c>: what the completion scripts ask when somebody presses Tab.</summary>
internal static class CompleteVerb
{
    /// <summary>What is typed for it.</summary>
    public const string Name = "__complete";

    private static readonly Argument<string[]> WordsBefore = new("words")
    {
        Description = "The words behind the program's name, the last being typed",
        Arity = ArgumentArity.ZeroOrMore,
    };

    public static Command Create(RootCommand root, CliContext context)
    {
        var command = new Command(Name, "Say what can follow on a command line") { WordsBefore };
        command.Hidden = true;
        command.SetVerb(context, parsed => Complete(parsed.GetValue(WordsBefore) ?? [], root, context));
        return command;
    }

    // A line each: the word, a tab, what it means. Or that names of files would do.
    private static int Complete(string[] words, RootCommand root, CliContext context)
    {
        var found = new Completer(root).Of(words.Length == 0 ? [] : words[..^1], words.Length == 0 ? "" : words[^1]);
        if (found.OrFiles)
            context.Out.WriteLine(":files");
        foreach (var (word, about) in found.Items)
            context.Out.WriteLine(
                about is null ? TerminalText.OneLine(word) : $"{TerminalText.OneLine(word)}\t{TerminalText.OneLine(about)}"
            );
        return ExitCode.Good;
    }
}
