using Aios.Cli.Help;
using Aios.Doctor;

namespace Aios.Cli;

/// <summary>Shows what checks found, to people or to programs.</summary>
internal static class FindingsPrinter
{
    private const int NarrowestText = 10;

    /// <summary>Shows it; the answer is the exit status.</summary>
    public static int Print(IReadOnlyList<(string Name, Finding Finding)> findings, bool asJson, CliContext context)
    {
        if (asJson)
            JsonOutput.Write(context.Out, json => FindingsForm.Write(json, findings));
        else
            WriteText(findings, context);
        return FindingsForm.Problems(findings) == 0 ? ExitCode.Good : ExitCode.Failed;
    }

    private static void WriteText(IReadOnlyList<(string Name, Finding Finding)> findings, CliContext context)
    {
        var width = findings.Max(found => found.Name.Length);
        foreach (var (name, finding) in findings)
        {
            Flow($"{finding.Word, -7}  {name.PadRight(width)}  ", finding.Figure, context);
            if (finding.Advice is { } advice)
                Flow($"{new string(' ', 9 + width)}  -> ", advice, context);
        }

        var (problems, notes) = (FindingsForm.Problems(findings), FindingsForm.Notes(findings));
        context.Out.WriteLine(
            problems == 0
                ? $"No problem, {Words.Count(notes, "note")}."
                : $"{Words.Count(problems, "problem")}, {Words.Count(notes, "note")}."
        );
    }

    private static void Flow(string first, string text, CliContext context)
    {
        var margin = first;
        foreach (var line in TextFlow.Lines(text, Math.Max(NarrowestText, (context.Screen.Columns ?? int.MaxValue) - first.Length)))
        {
            context.Out.WriteLine($"{margin}{line}");
            margin = new string(' ', first.Length);
        }
    }
}
