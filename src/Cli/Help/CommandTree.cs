using System.CommandLine;
using System.CommandLine.Help;

namespace Aios.Cli.Help;

/// <summary>What help, manual, completion and docs/cli.md read out of the commands, so that all say the same.</summary>
internal static class CommandTree
{
    /// <summary>What somebody types before anything else.</summary>
    public const string Program = "aios";

    /// <summary>A command and all below it that are shown, each with what is typed for it.</summary>
    public static IEnumerable<(string Path, Command Command)> All(Command command, string path = Program)
    {
        yield return (path, command);
        foreach (var sub in Commands(command).SelectMany(sub => All(sub, $"{path} {sub.Name}")))
            yield return sub;
    }

    /// <summary>What is typed for a command.</summary>
    public static string PathOf(Command command)
    {
        var names = new Stack<string>();
        for (var at = command; at is not null; at = at.Parents.OfType<Command>().FirstOrDefault())
            names.Push(at is RootCommand ? Program : at.Name);
        return string.Join(' ', names);
    }

    /// <summary>The commands below one.</summary>
    public static IEnumerable<Command> Commands(Command command) => command.Subcommands.Where(sub => !sub.Hidden);

    /// <summary>Its own options.</summary>
    public static IEnumerable<Option> OwnOptions(Command command) =>
        command.Options.Where(option => !option.Hidden && option is not HelpOption && !IsForAll(option));

    /// <summary>Those it takes besides: of the commands above it, and for all.</summary>
    public static IEnumerable<Option> SharedOptions(Command command)
    {
        for (var at = command; at is not null; at = at.Parents.OfType<Command>().FirstOrDefault())
        {
            foreach (var option in at.Options.Where(option => !option.Hidden && option.Recursive && (at != command || IsForAll(option))))
                yield return option;
        }
    }

    /// <summary>Those that its help lists: the daemon's are listed by <c>aios run</c>, though <c>aios</c> alone takes them, too.</summary>
    public static IEnumerable<Option> OptionsInHelp(Command command) =>
        OwnOptions(command).Where(option => command is not RootCommand || option is VersionOption).Concat(SharedOptions(command));

    /// <summary>"-n, --lines &lt;N&gt;".</summary>
    public static string Label(Option option)
    {
        var names = option
            .Aliases.Append(option.Name)
            .Where(name => name.StartsWith('-'))
            .OrderBy(name => name.Length)
            .ThenBy(name => name, StringComparer.Ordinal);
        return $"{string.Join(", ", names)}{(TakesValue(option) ? $" <{ValueName(option)}>" : "")}";
    }

    /// <summary>"&lt;NAME&gt;", in brackets what may be left out.</summary>
    public static string Label(Argument argument)
    {
        var name = $"{argument.HelpName ?? argument.Name}{(argument.Arity.MaximumNumberOfValues > 1 ? "..." : "")}";
        return argument.Arity.MinimumNumberOfValues > 0 && !argument.HasDefaultValue ? $"<{name}>" : $"[{name}]";
    }

    /// <summary>The line that says how a command is called.</summary>
    public static string Usage(Command command)
    {
        string?[] parts = [PathOf(command), Commands(command).Any() ? "[command]" : null, .. command.Arguments.Select(Label), "[options]"];
        return string.Join(' ', parts.Where(part => part is not null));
    }

    /// <summary>How it is used.</summary>
    public static IReadOnlyList<Example> Examples(Command command) =>
        command is Verb verb ? verb.Examples
        : command is RootCommand ? RootExamples
        : [];

    /// <summary>Whether something follows the option.</summary>
    public static bool TakesValue(Option option) => option.ValueType != typeof(bool) && option is not (HelpOption or VersionOption);

    private static readonly Example[] RootExamples =
    [
        ("aios init mine", "Create a home with example jobs in the folder mine"),
        ("aios", "Run the jobs of the current folder until Ctrl-C"),
        ("aios trigger backup --wait", "Run the job backup now and print its output"),
        ("aios why backup", "Show why the job backup is or is not running"),
    ];

    private static string ValueName(Option option) => option.HelpName ?? option.Name.TrimStart('-').ToUpperInvariant();

    /// <summary>Whether all verbs take it.</summary>
    public static bool IsForAll(Option option) =>
        option is HelpOption || ReferenceEquals(option, Cli.SharedOptions.Home) || ReferenceEquals(option, Cli.SharedOptions.Database);
}
