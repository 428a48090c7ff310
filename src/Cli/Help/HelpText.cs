using System.CommandLine;

namespace Aios.Cli.Help;

/// <summary>What <c>--help</c> shows of a command.</summary>
internal sealed class HelpText(CliContext context)
{
    private const string Indent = "  ";
    private const int WidestLine = 120;
    private const int WidestLabel = 32;
    private readonly int _width = context.Screen.Columns is { } columns ? Math.Min(columns, WidestLine) : int.MaxValue;

    /// <summary>Writes it.</summary>
    public void Write(Command command)
    {
        Paragraph("Description", command.Description ?? "");
        Head("Usage");
        Flow(CommandTree.Usage(command), Indent, Indent + Indent);
        context.Out.WriteLine();
        Commands(command);
        Pairs("Arguments", [.. command.Arguments.Select(argument => (CommandTree.Label(argument), argument.Description ?? ""))]);
        Pairs("Options", [.. CommandTree.OptionsInHelp(command).Select(option => (CommandTree.Label(option), option.Description ?? ""))]);
        if (command is RootCommand)
            Paragraph("The daemon", "`aios` alone is the same as `aios run` and takes the same options: see `aios run --help`.");
        Examples(CommandTree.Examples(command));
        if (command is RootCommand)
            Pairs("Exit status", [.. ExitCode.All.Select(status => ($"{status.Code}", status.Meaning))]);
        if (CommandTree.Commands(command).Any())
            Flow($"`{CommandTree.PathOf(command)} COMMAND --help` describes a command.", "", "");
    }

    // One column for all groups, so that the eye runs down it.
    private void Commands(Command command)
    {
        var column = Column([.. CommandTree.Commands(command).Select(NamesOf)]);
        foreach (var (title, commands) in CommandGroups.Of(command))
            Pairs(title, [.. commands.Select(sub => (NamesOf(sub), sub.Description ?? ""))], column);
    }

    private static string NamesOf(Command command) => string.Join(", ", command.Aliases.Prepend(command.Name));

    private static int Column(IReadOnlyList<string> labels) =>
        Indent.Length + 2 + labels.Select(label => label.Length).Where(length => length <= WidestLabel).DefaultIfEmpty(WidestLabel).Max();

    private void Head(string title) => context.Out.WriteLine(context.Screen.Colours ? Paint.With(Paint.Bold, $"{title}:") : $"{title}:");

    private void Paragraph(string title, string text)
    {
        Head(title);
        Flow(text, Indent, Indent);
        context.Out.WriteLine();
    }

    private void Pairs(string title, IReadOnlyList<(string Label, string Text)> pairs) =>
        Pairs(title, pairs, Column([.. pairs.Select(pair => pair.Label)]));

    private void Pairs(string title, IReadOnlyList<(string Label, string Text)> pairs, int column)
    {
        if (pairs.Count == 0)
            return;
        Head(title);
        foreach (var (label, text) in pairs)
        {
            var isLong = Indent.Length + 2 + label.Length > column;
            if (isLong)
                context.Out.WriteLine($"{Indent}{label}");
            Flow(text, isLong ? new string(' ', column) : $"{Indent}{label}".PadRight(column), new string(' ', column));
        }

        context.Out.WriteLine();
    }

    private void Examples(IReadOnlyList<Example> examples)
    {
        if (examples.Count == 0)
            return;
        Head("Examples");
        foreach (var example in examples)
        {
            Flow(example.Line, Indent, Indent + Indent + Indent);
            Flow(example.About, Indent + Indent + Indent, Indent + Indent + Indent);
        }

        context.Out.WriteLine();
    }

    private void Flow(string text, string first, string others)
    {
        var margin = first;
        foreach (var line in TextFlow.Lines(text, Math.Max(10, _width - others.Length)))
        {
            context.Out.WriteLine($"{margin}{line}");
            margin = others;
        }

        if (text.Length == 0)
            context.Out.WriteLine(first.TrimEnd());
    }
}
