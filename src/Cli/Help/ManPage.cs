using System.CommandLine;
using System.Text;
using Aios.Platform;

namespace Aios.Cli.Help;

/// <summary>The manual page, in man(7).</summary>
internal static class ManPage
{
    /// <summary>The whole page.</summary>
    public static string Of(RootCommand root)
    {
        var page = new StringBuilder();
        page.Append($".TH AIOS 1 \"\" \"AIOS {ProductVersion.Current}\" \"User Commands\"\n");
        page.Append($".SH NAME\naios \\- {Text(root.Description!.TrimEnd('.'))}\n");
        page.Append($".SH SYNOPSIS\n.B aios\n{Text("[command] [options]")}\n");
        page.Append(".SH OPTIONS\nFor all commands:\n");
        Pairs(page, CommandTree.SharedOptions(root).Select(option => (CommandTree.Label(option), option.Description)));
        page.Append("For the daemon, which is what\n.B aios\nalone and\n.B aios run\nare:\n");
        Pairs(page, CommandTree.OwnOptions(root).Select(option => (CommandTree.Label(option), option.Description)));
        page.Append(".SH COMMANDS\n");
        foreach (var (_, command) in CommandTree.All(root).Skip(1))
            OfCommand(page, command, root);
        page.Append(".SH EXIT STATUS\n");
        Pairs(page, ExitCode.All.Select(status => (status.Code, (string?)status.Meaning)));
        page.Append(".SH EXAMPLES\n");
        Examples(page, CommandTree.Examples(root));
        return page.ToString();
    }

    private static void OfCommand(StringBuilder page, Command command, RootCommand root)
    {
        page.Append($".SS {Text(CommandTree.Usage(command))}\n{Text(command.Description!)}.\n");
        Pairs(page, command.Arguments.Select(argument => (CommandTree.Label(argument), argument.Description)));
        // Those of the daemon stand above.
        var own = CommandTree.OwnOptions(command).Where(option => root.Options.All(other => other.Name != option.Name));
        Pairs(
            page,
            own.Concat(CommandTree.SharedOptions(command).Where(option => !CommandTree.IsForAll(option)))
                .Select(option => (CommandTree.Label(option), option.Description))
        );
        Examples(page, CommandTree.Examples(command));
    }

    private static void Pairs(StringBuilder page, IEnumerable<(string Label, string? Text)> pairs)
    {
        foreach (var (label, text) in pairs)
            page.Append($".TP\n.B {Text(label)}\n{Text(text ?? "")}\n");
        page.Append(".PP\n");
    }

    private static void Examples(StringBuilder page, IEnumerable<Example> examples)
    {
        foreach (var example in examples)
            page.Append($".PP\n.nf\n.RS\n{Text(example.Line)}\n.RE\n.fi\n.RS\n{Text(example.About)}.\n.RE\n");
    }

    // What means something to the formatter is made to mean itself.
    private static string Text(string text)
    {
        var escaped = text.Replace("\\", "\\e", StringComparison.Ordinal)
            .Replace("-", "\\-", StringComparison.Ordinal)
            .Replace("'", "\\(aq", StringComparison.Ordinal)
            .Replace("`", "\\(ga", StringComparison.Ordinal)
            .Replace("^", "\\(ha", StringComparison.Ordinal)
            .Replace("~", "\\(ti", StringComparison.Ordinal)
            .Replace("\"", "\\(dq", StringComparison.Ordinal);
        return escaped.StartsWith('.') ? $"\\&{escaped}" : escaped;
    }
}
