using System.CommandLine;
using System.Globalization;
using Aios.Control;
using Aios.Daemon;
using Aios.Store.Sqlite;

namespace Aios.Cli;

/// <summary><c>aios progress</c>: a program in any language says how far its run has come.</summary>
internal static class ProgressVerb
{
    private const int LongestText = 1000;

    private static readonly Argument<string> Fraction = new("fraction") { Description = "From 0 to 1, or a percentage such as 40%", HelpName = "FRACTION" };
    private static readonly Argument<string?> Text = new("text") { Description = "The same in words", HelpName = "TEXT", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<int?> Run = WholeNumber.Option("--run", "The run (AIOS_RUN_ID, which each program is given)");
    private static readonly Option<bool> Json = SharedOptions.Json();

    public static Command Create(CliContext context)
    {
        var command = new Verb(
            "progress",
            "Say from within a program how far its run has come",
            ("aios progress 40% \"4 of 10 files\"", "A program says how far it has come"),
            ("aios progress 0.5 --run 12", "The same for run 12, from elsewhere")) { Fraction, Text, Run, Json };
        command.SetVerb(context, parsed => Tell(parsed, context));
        return command;
    }

    private static int Tell(ParseResult parsed, CliContext context)
    {
        var fraction = Parse(parsed.GetValue(Fraction)!);
        var run = parsed.GetValue(Run) ?? RunScope.RunId ?? throw new CommandLineException("this is not within a run: name one with --run. `aios status` lists those that go on.");
        var text = parsed.GetValue(Text) is { Length: > 0 } given && DaemonSecrets.Mask(given) is var words ? words[..Math.Min(words.Length, LongestText)] : null;
        using var connection = QueueConnection.Open(Settings.Of(parsed).DatabasePath);
        if (!connection.Write(queue => queue.Runs.Progress(run, fraction, text))) return context.Fail($"run {run} does not go on.");
        JsonOutput.Tell(context, parsed.GetValue(Json), null, json =>
        {
            json.WriteNumber("run_id", run);
            json.WriteNumber("progress", fraction);
            json.WriteText("progress_text", text);
        });
        return ExitCode.Good;
    }

    // Held within 0 and 1, for sums of fractions come out a little beside them.
    private static double Parse(string text)
    {
        var percent = text.EndsWith('%');
        var digits = percent ? text[..^1] : text;
        if (double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) && (percent || number <= 1.01))
        {
            return Math.Clamp(percent ? number / 100 : number, 0, 1);
        }

        throw new CommandLineException($"found \"{text}\", expected a fraction from 0 to 1 such as 0.4, or a percentage such as 40%.");
    }
}
