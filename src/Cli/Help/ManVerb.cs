using System.CommandLine;

namespace Aios.Cli.Help;

/// <summary><c>aios man</c>: the manual page, made of the same commands as the help.</summary>
internal static class ManVerb
{
    private static readonly Option<bool> Markdown = new("--markdown") { Description = "Print all verbs as Markdown, for docs/cli.md" };

    public static Command Create(RootCommand root, CliContext context)
    {
        var command = new Verb(
            "man",
            "Print the manual page",
            ("aios man | man -l -", "Read the manual page"),
            ("aios man > /usr/local/share/man/man1/aios.1", "Install the manual page")
        )
        {
            Markdown,
        };
        command.SetVerb(context, parsed =>
        {
            context.Out.Write(parsed.GetValue(Markdown) ? MarkdownPages.Of(root) : ManPage.Of(root));
            return ExitCode.Good;
        });
        return command;
    }
}
