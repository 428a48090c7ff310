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
        Pairs("Commands", [.. CommandTree.Commands(command).Select(sub => (string.Join(", ", sub.Aliases.Prepend(sub.Name)), sub.Description ?? ""))]);
        Pairs("Arguments", [.. command.Arguments.Select(argument => (CommandTree.Label(argument), argument.Description ?? ""))]);
        Pairs("Options", [.. CommandTree.OwnOptions(command).Concat(CommandTree.SharedOptions(command)).Select(option => (CommandTree.Label(option), option.Description ?? ""))]);
        Examples(CommandTree.Examples(command));
        if (command is RootCommand) Pairs("Exit status", [.. ExitStatus.All.Select(status => ($"{status.Code}", status.Meaning))]);
        else if (CommandTree.Commands(command).Any()) Flow($"`{CommandTree.PathOf(command)} COMMAND --help` says more of each.", "", "");
    }

    private void Head(string title) => context.Out.WriteLine(context.Screen.Colours ? Paint.With(Paint.Bold, $"{title}:") : $"{title}:");

    private void Paragraph(string title, string text)
    {
        Head(title);
        Flow(text, Indent, Indent);
        context.Out.WriteLine();
    }

    private void Pairs(string title, IReadOnlyList<(string Label, string Text)> pairs)
    {
        if (pairs.Count == 0) return;
        Head(title);
        var column = Indent.Length + 2 + pairs.Select(pair => pair.Label.Length).Where(length => length <= WidestLabel).DefaultIfEmpty(WidestLabel).Max();
        foreach (var (label, text) in pairs)
        {
            var isLong = Indent.Length + 2 + label.Length > column;
            if (isLong) context.Out.WriteLine($"{Indent}{label}");
            Flow(text, isLong ? new string(' ', column) : $"{Indent}{label}".PadRight(column), new string(' ', column));
        }

        context.Out.WriteLine();
    }

    private void Examples(IReadOnlyList<Example> examples)
    {
        if (examples.Count == 0) return;
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

        if (text.Length == 0) context.Out.WriteLine(first.TrimEnd());
    }
}
