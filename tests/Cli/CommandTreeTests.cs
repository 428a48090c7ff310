using System.CommandLine;
using System.CommandLine.Help;
using Aios.Cli;
using Aios.Cli.Help;
using Aios.Tests.Docs;

namespace Aios.Tests.Cli;

/// <summary>What holds for every verb there is, also for those that will be added.</summary>
public class CommandTreeTests
{
    // They print no data of their own form: a daemon's log, a script, a page, a picture.
    private static readonly string[] WithoutJson =
    [
        "aios run",
        "aios completion",
        "aios man",
        "aios top",
        "aios init",
        "aios jobs schema",
        "aios models schema",
        "aios console",
        "aios service install",
        "aios service uninstall",
    ];

    public static TheoryData<string> Paths => [.. CommandTree.All(Root()).Select(page => page.Path)];

    [Theory]
    [MemberData(nameof(Paths))]
    public void Each_verb_has_examples_that_are_written_right(string path)
    {
        var examples = CommandTree.Examples(Find(path));
        Assert.NotEmpty(examples);
        Assert.All(examples, example =>
        {
            Assert.Contains(path.Split(' ')[^1], example.Line, StringComparison.Ordinal);
            Assert.Empty(Parse(example.Line).Errors.Select(error => $"{example.Line}: {error.Message}"));
            Assert.False(example.About.EndsWith('.'), $"{example.About}: no full stop");
        });
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void Each_option_and_argument_is_described(string path)
    {
        var command = Find(path);
        Assert.False(string.IsNullOrWhiteSpace(command.Description));
        Assert.All(command.Arguments, argument => Assert.False(string.IsNullOrWhiteSpace(argument.Description), argument.Name));
        Assert.All(command.Options, option => Assert.False(string.IsNullOrWhiteSpace(option.Description), option.Name));
        Assert.All(command.Arguments, argument =>
            Assert.False(argument.Arity.MinimumNumberOfValues == 0 && CommandTree.Label(argument).StartsWith('<'), argument.Name)
        );
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void Help_fits_the_terminal_and_leaves_nothing_out(string path)
    {
        var command = Find(path);
        foreach (var width in (int[])[60, 80, 200])
        {
            var help = Help(command, width);
            Assert.All(help.Split('\n'), line => Assert.True(line.Length <= width, $"{line.Length} letters in {width} columns: {line}"));
            foreach (var option in CommandTree.OptionsInHelp(command))
                Assert.Contains(CommandTree.Label(option), help, StringComparison.Ordinal);
            foreach (var sub in CommandTree.Commands(command))
                Assert.Contains($"\n  {sub.Name}", help, StringComparison.Ordinal);
            foreach (var example in CommandTree.Examples(command))
                Assert.Contains(Words(example.Line), Words(help), StringComparison.Ordinal);
            Assert.Contains(Words(command.Description!), Words(help), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_first_help_has_its_verbs_in_groups_and_the_daemons_options_are_with_the_daemon()
    {
        var root = Root();
        var groups = CommandGroups.Of(root).ToList();
        Assert.Equal(
            CommandTree.Commands(root).Select(verb => verb.Name).Order(),
            groups.SelectMany(group => group.Commands).Select(verb => verb.Name).Order()
        );
        // A verb that is added must be put where somebody looks for it.
        Assert.Empty(groups.Single(group => group.Title == "Others").Commands);
        Assert.All(groups.SkipLast(1), group => Assert.InRange(group.Commands.Count, 2, 8));

        var help = Help(root, 80);
        foreach (var (title, _) in groups.SkipLast(1))
            Assert.Contains($"\n{title}:\n", help, StringComparison.Ordinal);
        Assert.DoesNotContain("--max-parallel", help, StringComparison.Ordinal);
        Assert.Contains("`aios run --help`", help, StringComparison.Ordinal);
        foreach (var option in CommandTree.OwnOptions(root).Where(option => option is not VersionOption))
            Assert.Contains(CommandTree.Label(option), Help(Find("aios run"), 80), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void Descriptions_in_help_stand_below_one_another(string path)
    {
        var lines = Help(Find(path), 80).Split('\n');
        var options = lines.SkipWhile(line => line != "Options:").Skip(1).TakeWhile(line => line.Length > 0).ToList();
        var starts = options
            .Where(line => line.StartsWith("  -", StringComparison.Ordinal))
            .Select(StartOfText)
            .Concat(
                options
                    .Where(line => line.StartsWith("    ", StringComparison.Ordinal))
                    .Select(line => line.Length - line.TrimStart().Length)
            );
        Assert.Single(starts.Where(start => start > 0).Distinct());
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void What_prints_data_prints_it_as_json_too(string path)
    {
        var command = Find(path);
        if (command.Subcommands.Count > 0 || WithoutJson.Contains(path))
            return;
        Assert.Contains(command.Options, option => option.Name == "--json");
    }

    [Fact]
    public void The_same_option_means_the_same_everywhere()
    {
        var options = CommandTree
            .All(Root())
            .SelectMany(page => page.Command.Options)
            .Where(option => option is not HelpOption)
            .ToLookup(option => option.Name);
        Assert.All(options, same =>
            Assert.Single(same.Select(option => string.Join(' ', option.Aliases.Order(StringComparer.Ordinal))).Distinct())
        );
        Assert.All(options, same => Assert.Single(same.Select(CommandTree.TakesValue).Distinct()));
    }

    [Fact]
    public void The_manual_page_has_all_that_help_has()
    {
        var page = ManPage.Of(Root()).Replace("\\-", "-", StringComparison.Ordinal);
        foreach (var (_, command) in CommandTree.All(Root()))
        {
            foreach (var option in CommandTree.OwnOptions(command))
                Assert.Contains($".B {CommandTree.Label(option)}\n", page, StringComparison.Ordinal);
            if (command is not RootCommand)
                Assert.Contains($".SS {CommandTree.Usage(command)}\n", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_page_about_the_command_line_is_the_one_that_the_commands_make()
    {
        var page = Documents.Between("docs/cli.md", "verbs");
        Assert.True(
            page.Trim() == MarkdownPages.Of(Root()).Trim(),
            "docs/cli.md is not what `aios man --markdown` prints. Put that between its markers."
        );
    }

    private static RootCommand Root() => AiosCommandLine.Create(Context(Screen.None, TextWriter.Null));

    private static CliContext Context(Screen screen, TextWriter writer) => new(writer, TextWriter.Null, TimeProvider.System, screen);

    private static Command Find(string path) => CommandTree.All(Root()).Single(page => page.Path == path).Command;

    private static string Help(Command command, int width)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        new HelpText(Context(new Screen(width, 24, false), writer)).Write(command);
        return writer.ToString();
    }

    private static int StartOfText(string line)
    {
        var gap = line.IndexOf("  ", 2, StringComparison.Ordinal);
        return gap < 0 ? -1 : gap + line[gap..].Length - line[gap..].TrimStart().Length;
    }

    private static string Words(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    // As a shell would take it apart: pipes and redirections are not ours.
    private static ParseResult Parse(string line)
    {
        var own = line.StartsWith("source <(", StringComparison.Ordinal)
            ? line["source <(".Length..^1]
            : line.Split(" > ")[0].Split(" | ")[0];
        var words = new List<string>();
        foreach (
            var part in System
                .Text.RegularExpressions.Regex.Matches(own, "\"([^\"]*)\"|'([^']*)'|(\\S+)")
                .Select(match => match.Groups.Cast<System.Text.RegularExpressions.Group>().Skip(1).First(group => group.Success).Value)
        )
            words.Add(part);
        Assert.Equal("aios", words[0]);
        return Root().Parse(words.Skip(1).ToList());
    }
}
