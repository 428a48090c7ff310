using System.CommandLine;

namespace Aios.Cli.Help;

/// <summary><c>aios man</c>: the manual page, made of the same commands as the help.</summary>
internal static class ManVerb
{
    private static readonly Option<bool> Markdown = new("--markdown") { Description = "Print the list of all verbs as Markdown, as docs/cli.md has it" };

    public static Command Create(RootCommand root, CliContext context)
    {
        var command = new Verb(
            "man",
            "Print the manual page",
            ("aios man | man -l -", "Read it"),
            ("aios man > /usr/local/share/man/man1/aios.1", "Install it")) { Markdown };
        command.SetVerb(context, parsed =>
        {
            context.Out.Write(parsed.GetValue(Markdown) ? MarkdownPages.Of(root) : ManPage.Of(root));
            return ExitCode.Good;
        });
        return command;
    }
}
