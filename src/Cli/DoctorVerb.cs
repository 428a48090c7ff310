using System.CommandLine;
using Aios.Control;
using Aios.Doctor;

namespace Aios.Cli;

/// <summary><c>aios doctor</c>: looks at all that a set-up needs, and says what to do about what is not right.</summary>
internal static class DoctorVerb
{
    private static readonly Option<bool> Json = SharedOptions.Json();

    public static Command Create(CliContext context)
    {
        var options = new RunOptions();
        var command = new Command("doctor", "Check what this home needs (jobs, programs, Python, database, disk, clock, ...) and say what to do") { Json, options.Tags };
        command.SetVerb(context, parsed => Examine(parsed, options, context));
        return command;
    }

    private static int Examine(ParseResult parsed, RunOptions options, CliContext context)
    {
        var setUp = SetUp.Of(Settings.Of(parsed).ForDaemon(parsed, options), context.Clock);
        var findings = Examination.Of(setUp);
        var problems = findings.Count(found => found.Finding.State == FindingState.Problem);
        var notes = findings.Count(found => found.Finding.State == FindingState.Note);
        if (parsed.GetValue(Json)) WriteJson(findings, problems, notes, context);
        else WriteText(findings, problems, notes, context);
        return problems == 0 ? ExitStatus.Good : ExitStatus.Failed;
    }

    private static void WriteText(IReadOnlyList<(string Name, Finding Finding)> findings, int problems, int notes, CliContext context)
    {
        var width = findings.Max(found => found.Name.Length);
        foreach (var (name, finding) in findings)
        {
            context.Out.WriteLine($"{finding.Word,-7}  {name.PadRight(width)}  {finding.Figure}");
            if (finding.Advice is { } advice) context.Out.WriteLine($"{new string(' ', 9 + width)}  -> {advice}");
        }

        context.Out.WriteLine(problems == 0 ? $"No problem, {Words.Count(notes, "note")}." : $"{Words.Count(problems, "problem")}, {Words.Count(notes, "note")}.");
    }

    private static void WriteJson(IReadOnlyList<(string Name, Finding Finding)> findings, int problems, int notes, CliContext context) => JsonOutput.Write(context.Out, json =>
    {
        json.WriteStartObject();
        json.WriteNumber("problems", problems);
        json.WriteNumber("notes", notes);
        json.WriteArray("checks", findings, (writer, found) =>
        {
            writer.WriteStartObject();
            writer.WriteString("name", found.Name);
            writer.WriteString("state", found.Finding.Word);
            writer.WriteString("figure", found.Finding.Figure);
            writer.WriteText("advice", found.Finding.Advice);
            writer.WriteEndObject();
        });
        json.WriteEndObject();
    });
}
