using System.CommandLine;
using System.Text;

namespace Aios.Cli.Help;

/// <summary>All verbs as Markdown, for docs/cli.md.</summary>
internal static class MarkdownPages
{
    /// <summary>The whole text.</summary>
    public static string Of(RootCommand root)
    {
        var text = new StringBuilder();
        text.Append("Options that all verbs take:\n\n");
        Options(text, CommandTree.SharedOptions(root));
        foreach (var (path, command) in CommandTree.All(root).Skip(1))
            Verb(text, path, command);
        text.Append("## Exit status\n\n| status | meaning |\n| --- | --- |\n");
        foreach (var (code, meaning) in ExitCode.All)
            text.Append($"| {code} | {meaning} |\n");
        return text.ToString();
    }

    private static void Verb(StringBuilder text, string path, Command command)
    {
        text.Append($"## {path}\n\n{command.Description}.\n\n```text\n{CommandTree.Usage(command)}\n```\n\n");
        foreach (var argument in command.Arguments)
            text.Append($"- `{CommandTree.Label(argument)}`: {argument.Description}\n");
        Options(
            text,
            CommandTree.OwnOptions(command).Concat(CommandTree.SharedOptions(command).Where(option => !CommandTree.IsForAll(option))),
            command.Arguments.Count > 0
        );
        if (command.Aliases.Count > 0)
            text.Append($"Also called `{string.Join("`, `", command.Aliases)}`.\n\n");
        text.Append("```text\n");
        foreach (var example in CommandTree.Examples(command))
            text.Append($"{example.Line}\n    {example.About}\n");
        text.Append("```\n\n");
    }

    private static void Options(StringBuilder text, IEnumerable<Option> options, bool isContinued = false)
    {
        var any = isContinued;
        foreach (var option in options)
        {
            text.Append($"- `{CommandTree.Label(option)}`: {option.Description}\n");
            any = true;
        }

        if (any)
            text.Append('\n');
    }
}
